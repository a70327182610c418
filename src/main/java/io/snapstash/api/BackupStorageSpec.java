package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a user says about a BackupStorage. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupStorageSpec(
    StorageBackend storage,
    UsagePolicy usagePolicy,
    @JsonProperty("default") Boolean isDefault,
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    RuntimeSettings runtimeSettings) {}
