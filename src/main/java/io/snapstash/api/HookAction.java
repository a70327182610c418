package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One of exec, httpGet, httpPost and tcpSocket. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookAction(
    ExecAction exec, HttpGetAction httpGet, HttpPostAction httpPost, TcpSocketAction tcpSocket, String containerName) {}
