package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which applications are backed up together. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupBatchSpec(
    List<BackendReference> backends, List<BatchTarget> targets, List<BatchSession> sessions, Boolean paused) {}
