package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The BackupConfiguration to be made; its texts may hold ${…}. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(value = Rules.KNOWN_BACKENDS_IN_TEMPLATE, message = Rules.KNOWN_BACKENDS_MESSAGE)
public record BackupConfigurationTemplate(
    @Doc("Where the BackupConfigurations are made; the blueprint's namespace if absent.")
    String namespace,
    @Limit(32)
        @Rule(value = Rules.UNIQUE_NAMES, message = "backend names must be unique (one may be empty)")
        List<BackendReference> backends,
    @Limit(64)
        @Rule(value = Rules.UNIQUE_NAMES, message = "session names must be unique")
        List<Session> sessions,
    @Doc("OnDelete removes the BackupConfigurations with the blueprint.")
    @Allowed({"OnDelete"}) String deletionPolicy) {}
