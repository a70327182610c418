package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One claim and the VolumeSnapshot made of it. hostPath is absent for a stand-alone claim. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeSnapshotterStats(
    @Doc("Claim that was captured.")
    String pvcName,
    @Doc("Where the workload mounts the claim; absent for a claim that stands alone.")
    String hostPath,
    @Doc("VolumeSnapshot that was made.")
    String volumeSnapshotName,
    @Doc("When the data was captured.")
    Instant volumeSnapshotTime) {}
