package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A BackupStorage with a RetentionPolicy, under a local name that may be empty. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendReference(
    String name, ObjectReference storageRef, ObjectReference retentionPolicy) {}
