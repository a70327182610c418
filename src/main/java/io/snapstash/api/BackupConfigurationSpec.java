package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What a user wants backed up. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(value = Rules.KNOWN_BACKENDS, message = Rules.KNOWN_BACKENDS_MESSAGE)
public record BackupConfigurationSpec(
    @Doc("What is backed up.")
    TypedObjectReference target,
    @Doc("Storages and retention policies; filled with the defaults of the cluster if absent.")
    @Limit(32)
        @Rule(value = Rules.UNIQUE_NAMES, message = "backend names must be unique (one may be empty)")
        List<BackendReference> backends,
    @Doc("What is done on which schedule.")
    @Required(notEmpty = true) @Limit(64)
        @Rule(value = Rules.UNIQUE_NAMES, message = "session names must be unique")
        List<Session> sessions,
    @Doc("No runs while this is true.")
    Boolean paused) {}
