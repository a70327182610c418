package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options of another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DruidManifestOptions(
    String restoreNamespace, Boolean db, String dbName, Boolean authSecret, String authSecretName,
    Boolean configSecret, String configSecretName, Boolean deepStorageSecret) {}
