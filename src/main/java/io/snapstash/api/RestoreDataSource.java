package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which Snapshot is restored. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreDataSource(
    String namespace, String repository, String snapshot, PointInTime pitr, List<String> components,
    ObjectReference encryptionSecret) {}
