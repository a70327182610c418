package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What is restored, from where and how. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSessionSpec(
    TypedObjectReference target,
    @Required RestoreDataSource dataSource,
    @Required AddonInfo addon,
    RestoreHooks hooks,
    @Matches(Matches.DURATION) String restoreTimeout,
    ManifestOptions manifestOptions,
    String failurePolicy) {}
