package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An S3 bucket. Endpoint is a URL with scheme. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3Backend(
    @Doc("URL of the S3 service with its scheme.")
    String endpoint,
    String bucket,
    @Doc("Folder inside the bucket.")
    String prefix,
    String region,
    @Doc("Secret with the credentials, in the namespace of the BackupStorage; none means ambient credentials.")
    String secretName,
    @Doc("Most parallel connections.")
    Long maxConnections,
    @Doc("Do not verify the certificate of the server.")
    Boolean insecureTLS) {}
