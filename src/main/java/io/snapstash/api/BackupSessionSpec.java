package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Matches;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which session of which invoker is run. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupSessionSpec(
    @Doc("The BackupConfiguration or BackupBatch.")
    TypedLocalObjectReference invoker,
    @Doc("Session of the invoker to run.")
    String session,
    @Doc("How often the run may still be repeated.")
    Integer retryLeft,
    @Doc("Time limit, as 1h30m.")
    @Matches(Matches.DURATION) String backupTimeout) {}
