package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Which Addon and tasks are used. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonInfo(
    @Doc("Addon that does the work.")
    @Required(notEmpty = true) String name,
    @Doc("Tasks of the Addon.")
    @Required(notEmpty = true) List<TaskReference> tasks,
    ContainerRuntimeSettings containerRuntimeSettings,
    PodTemplateSpec jobTemplate) {}
