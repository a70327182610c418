package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
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
    @Doc("Namespace of Repository and Snapshot; the own one if absent.")
    String namespace,
    @Doc("Name of the Repository; needed for latest and for a point in time.")
    String repository,
    @Doc("Name of a Snapshot, or the word latest.")
    String snapshot,
    @Doc("A point in time, in place of snapshot.")
    PointInTime pitr,
    @Doc("Components to restore; all if absent.")
    List<String> components,
    ObjectReference encryptionSecret) {}
