package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** One schedule of a batch. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchSession(
    String name, SchedulerSpec scheduler, BackupHooks hooks, RetryConfig retryConfig, String backupTimeout,
    Integer sessionHistoryLimit, List<BatchSessionTarget> targets) {}
