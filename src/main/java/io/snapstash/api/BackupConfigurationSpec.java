package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What a user wants backed up. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupConfigurationSpec(
    TypedObjectReference target, List<BackendReference> backends, List<Session> sessions, Boolean paused) {}
