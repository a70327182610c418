package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Matches;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** One schedule of a batch. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchSession(
    String name,
    SchedulerSpec scheduler,
    BackupHooks hooks,
    RetryConfig retryConfig,
    @Matches(Matches.DURATION) String backupTimeout,
    @Default("1") Integer sessionHistoryLimit,
    String failurePolicy,
    List<BatchSessionTarget> targets) {}
