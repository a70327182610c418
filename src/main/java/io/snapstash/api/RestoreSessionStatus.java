package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the restore goes. Component keys are written by the Job, all else by the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSessionStatus(
    String phase, Boolean targetFound, String duration, Instant restoreDeadline, Integer totalComponents,
    Map<String, RestoreComponent> components, HookStatuses hooks, List<ResourceFoundStatus> dependencies,
    List<TypedObjectReference> pausedBackups, List<Condition> conditions) {}
