package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Settings for the Pods and containers of Jobs (api 15.4). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuntimeSettings(
    PodRuntimeSettings pod, ContainerRuntimeSettings container) {}
