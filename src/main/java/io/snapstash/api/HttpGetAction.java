package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.IntOrString;
import io.snapstash.api.schema.ListType;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A GET request to a Pod. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpGetAction(
    String path,
    @Required @IntOrString JsonNode port,
    String host,
    String scheme,
    @ListType("atomic") List<HttpHeader> httpHeaders) {}
