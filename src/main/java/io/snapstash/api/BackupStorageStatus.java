package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is true of a BackupStorage. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupStorageStatus(
    @Doc("Ready or NotReady; the conditions say why.")
    String phase,
    String totalSize,
    List<StoredRepository> repositories,
    List<Condition> conditions) {}
