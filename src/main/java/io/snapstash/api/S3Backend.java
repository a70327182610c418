package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An S3 bucket. Endpoint is a URL with scheme. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3Backend(
    String endpoint, String bucket, String prefix, String region, String secretName, Long maxConnections,
    Boolean insecureTLS) {}
