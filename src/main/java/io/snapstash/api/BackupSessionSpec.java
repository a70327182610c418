package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Matches;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which session of which invoker is run. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupSessionSpec(
    TypedLocalObjectReference invoker,
    String session,
    Integer retryLeft,
    @Matches(Matches.DURATION) String backupTimeout) {}
