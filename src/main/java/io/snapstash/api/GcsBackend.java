package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Google Cloud Storage bucket. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GcsBackend(
    String bucket, String prefix, String secretName, Long maxConnections) {}
