package io.snapstash.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * What another cluster needs to use a VolumeSnapshot again (storage-layout 2.6); null means unknown. The last four
 * are those of the claim.
 *
 * @param restoreSize bytes
 * @param storage what the claim asked for, as a quantity
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredVolumeSnapshot(
    String name, String namespace, String pvcName, String driver, String snapshotHandle, Long restoreSize,
    Instant creationTime, String volumeSnapshotClassName, String deletionPolicy, List<String> accessModes,
    String volumeMode, String storageClassName, String storage) {}
