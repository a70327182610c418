package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Opening a port. The port is a number or a name. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpSocketAction(
    String host, JsonNode port) {}
