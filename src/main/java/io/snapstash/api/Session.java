package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** One schedule of a BackupConfiguration, with Addon and Repositories (api 15.10). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(
    @Required(notEmpty = true) @Limit(253) String name,
    @Required SchedulerSpec scheduler,
    BackupHooks hooks,
    RetryConfig retryConfig,
    @Matches(Matches.DURATION) String backupTimeout,
    @Default("1") Integer sessionHistoryLimit,
    String failurePolicy,
    @Required AddonInfo addon,
    @Required(notEmpty = true) @Limit(32)
        @Rule(value = Rules.UNIQUE_NAMES, message = "repository names must be unique within a session")
        List<RepositoryInfo> repositories) {}
