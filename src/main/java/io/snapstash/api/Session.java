package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
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
    @Doc("Unique among the sessions.")
    @Required(notEmpty = true) @Limit(253) String name,
    @Required SchedulerSpec scheduler,
    BackupHooks hooks,
    RetryConfig retryConfig,
    @Doc("Time limit of a run, as 1h30m.")
    @Matches(Matches.DURATION) String backupTimeout,
    @Doc("How many completed BackupSessions are kept.")
    @Default("1") Integer sessionHistoryLimit,
    @Doc("Old, accepted and ignored.")
    String failurePolicy,
    @Required AddonInfo addon,
    @Doc("Where the results go.")
    @Required(notEmpty = true) @Limit(32)
        @Rule(value = Rules.UNIQUE_NAMES, message = "repository names must be unique within a session")
        List<RepositoryInfo> repositories) {}
