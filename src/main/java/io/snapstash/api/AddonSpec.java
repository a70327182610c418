package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The tasks of an Addon. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonSpec(
    List<AddonTask> backupTasks, List<AddonTask> restoreTasks) {}
