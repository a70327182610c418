package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options of another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MsSqlServerManifestOptions(
    String restoreNamespace,
    @Default("true") Boolean db,
    String dbName,
    @Default("true") Boolean authSecret,
    String authSecretName,
    @Default("false") Boolean archiver,
    ObjectReference archiverRef,
    @Default("true") Boolean initScript,
    TypedLocalObjectReference tlsIssuerRef) {}
