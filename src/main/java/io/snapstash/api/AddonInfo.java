package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which Addon and tasks are used. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonInfo(
    String name, List<TaskReference> tasks, ContainerRuntimeSettings containerRuntimeSettings,
    PodTemplateSpec jobTemplate) {}
