package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One Repository in a BackupStorage; the same type stands in metadata.yaml. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredRepository(
    String name, String namespace, String path, String size, Boolean synced, String error) {}
