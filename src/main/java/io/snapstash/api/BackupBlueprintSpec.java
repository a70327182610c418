package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is made of the annotated objects. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupBlueprintSpec(
    BackupConfigurationTemplate backupConfigurationTemplate, List<Subject> subjects, UsagePolicy usagePolicy) {}
