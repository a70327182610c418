package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A BackupStorage with a RetentionPolicy, under a local name that may be empty. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendReference(
    @Limit(253) String name,
    @Required ObjectReference storageRef,
    ObjectReference retentionPolicy) {}
