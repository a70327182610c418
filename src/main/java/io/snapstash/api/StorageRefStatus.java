package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The BackupStorage of a backend. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageRefStatus(
    ObjectReference ref, String phase, String reason) {}
