package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which Addon and tasks are used. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonInfo(
    @Required(notEmpty = true) String name,
    @Required(notEmpty = true) List<TaskReference> tasks,
    ContainerRuntimeSettings containerRuntimeSettings,
    PodTemplateSpec jobTemplate) {}
