package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One claim and the VolumeSnapshot made of it. hostPath is absent for a stand-alone claim. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeSnapshotterStats(
    String pvcName, String hostPath, String volumeSnapshotName, Instant volumeSnapshotTime) {}
