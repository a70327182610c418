package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a user says about a BackupStorage. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupStorageSpec(
    @Doc("The backend. The block named by provider is used, other blocks are ignored.")
    StorageBackend storage,
    @Doc("Namespaces whose objects may refer to this one; without it, the same namespace only.")
    UsagePolicy usagePolicy,
    @Doc("Use this storage where a BackupConfiguration names none; at most one per namespace.")
    @JsonProperty("default") Boolean isDefault,
    @Doc("Delete keeps the data when this object is deleted, WipeOut removes it.")
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    RuntimeSettings runtimeSettings) {}
