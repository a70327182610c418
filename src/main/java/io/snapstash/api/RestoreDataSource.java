package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which Snapshot is restored. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
    value = "!has(self.pitr) || (has(self.pitr.targetTime) && has(self.repository) && self.repository != '')",
    message = "a restore to a point in time needs pitr.targetTime and repository")
@Rule(
    value = "has(self.pitr) || (has(self.snapshot) && self.snapshot != '')",
    message = "name the snapshot to restore, or write snapshot: latest, or give pitr")
@Rule(
    value = "has(self.pitr) || !has(self.snapshot) || self.snapshot != 'latest'"
        + " || (has(self.repository) && self.repository != '')",
    message = "snapshot: latest needs the repository whose latest Snapshot is meant")
public record RestoreDataSource(
    String namespace, String repository, String snapshot, PointInTime pitr, List<String> components,
    ObjectReference encryptionSecret) {}
