package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What is restored, from where and how. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSessionSpec(
    @Doc("Application that is restored into; may be absent when templates make claims.")
    TypedObjectReference target,
    @Doc("Which Snapshot is restored.")
    @Required RestoreDataSource dataSource,
    @Required AddonInfo addon,
    RestoreHooks hooks,
    @Doc("Time limit, as 1h30m.")
    @Matches(Matches.DURATION) String restoreTimeout,
    @Doc("Accepted, not used for volume snapshots.")
    ManifestOptions manifestOptions,
    @Doc("Old, accepted and ignored.")
    String failurePolicy) {}
