package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Templated;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is made of the annotated objects. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupBlueprintSpec(
    @Required @Templated BackupConfigurationTemplate backupConfigurationTemplate,
    List<Subject> subjects,
    UsagePolicy usagePolicy) {}
