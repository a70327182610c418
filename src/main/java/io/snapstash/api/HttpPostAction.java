package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.IntOrString;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** An HTTP POST. The port is a number or a name. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpPostAction(
    String host,
    String path,
    @Required @IntOrString JsonNode port,
    String scheme,
    List<HttpHeader> httpHeaders,
    String body,
    List<FormEntry> form) {}
