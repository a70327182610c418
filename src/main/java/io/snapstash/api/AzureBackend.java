package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An Azure blob container. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AzureBackend(
    String storageAccount, String container, String prefix, String secretName, Long maxConnections) {}
