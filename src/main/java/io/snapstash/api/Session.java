package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** One schedule of a BackupConfiguration, with Addon and Repositories (api 15.10). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(
    String name, SchedulerSpec scheduler, BackupHooks hooks, RetryConfig retryConfig, String backupTimeout,
    Integer sessionHistoryLimit, String failurePolicy, AddonInfo addon, List<RepositoryInfo> repositories) {}
