package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options of another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisSentinelManifestOptions(
    String restoreNamespace,
    @Default("true") Boolean sentinel,
    @JsonProperty("SentinelName") String sentinelName,
    @Default("true") Boolean authSecret,
    String authSecretName,
    TypedLocalObjectReference tlsIssuerRef) {}
