package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the restore goes. Component keys are written by the Job, all else by the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSessionStatus(
    @Allowed({"Pending", "Running", "Failed", "Succeeded", "Invalid", "Unknown"}) String phase,
    Boolean targetFound,
    String duration,
    Instant restoreDeadline,
    Integer totalComponents,
    @Doc("Parts of the restore, by name.")
    @MapType("granular") Map<String, RestoreComponent> components,
    HookStatuses hooks,
    @Doc("The Snapshot, Addon and other objects that are needed.")
    List<ResourceFoundStatus> dependencies,
    List<TypedObjectReference> pausedBackups,
    List<Condition> conditions) {}
