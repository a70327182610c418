package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What is checked. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupVerificationSessionSpec(
    TypedLocalObjectReference invoker, String session, String repository, String snapshot, Integer retryLeft) {}
