package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How one application of a batch is backed up. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchSessionTarget(
    String name, AddonInfo addon, List<RepositoryInfo> repositories) {}
