package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What is restored, from where and how. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSessionSpec(
    TypedObjectReference target, RestoreDataSource dataSource, AddonInfo addon, RestoreHooks hooks,
    String restoreTimeout, ManifestOptions manifestOptions, String failurePolicy) {}
