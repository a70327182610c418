package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Matches;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A hook that runs in Pods of the application. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodExecutor(
    @Doc("Labels of the Pods, as key=value,key=value.")
    @Matches("^$|^[^,]*=[^,]*(,[^,]*=[^,]*)*$") String selector,
    OwnerFilter owner,
    @Default("ExecuteOnOne") @Allowed({"ExecuteOnOne", "ExecuteOnAll"}) String strategy) {}
