package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The backend; the block named by the provider is used, others are ignored. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageBackend(
    @Doc("local, s3, gcs or azure.")
    String provider,
    S3Backend s3,
    GcsBackend gcs,
    AzureBackend azure,
    LocalBackend local) {}
