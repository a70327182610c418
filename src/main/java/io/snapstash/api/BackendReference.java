package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A BackupStorage with a RetentionPolicy, under a local name that may be empty. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendReference(
    @Doc("Unique among the backends; may be empty once.")
    @Limit(253) String name,
    @Doc("The BackupStorage.")
    @Required ObjectReference storageRef,
    @Doc("The RetentionPolicy; filled with the default of the cluster if absent.")
    ObjectReference retentionPolicy) {}
