package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Templated;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is made of the annotated objects. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupBlueprintSpec(
    @Doc("Template of the BackupConfigurations. Texts may hold variables such as ${name}.")
    @Required @Templated BackupConfigurationTemplate backupConfigurationTemplate,
    @Doc("Kinds to watch.")
    List<Subject> subjects,
    UsagePolicy usagePolicy) {}
