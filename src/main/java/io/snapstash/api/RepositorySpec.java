package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a Repository is for. The path is relative to the prefix of the storage and never changes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositorySpec(
    TypedObjectReference appRef,
    ObjectReference storageRef,
    String path,
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    ObjectReference encryptionSecret,
    Boolean paused) {}
