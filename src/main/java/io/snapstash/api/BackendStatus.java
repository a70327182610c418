package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Whether a backend can be used. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendStatus(
    String name, Boolean ready, StorageRefStatus storage, RetentionRefStatus retentionPolicy) {}
