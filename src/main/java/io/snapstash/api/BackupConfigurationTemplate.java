package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The BackupConfiguration to be made; its texts may hold ${…}. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupConfigurationTemplate(
    String namespace, List<BackendReference> backends, List<Session> sessions, String deletionPolicy) {}
