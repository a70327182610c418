package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Format;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SolrStats(
    @Format("") Integer backupId,
    String backupName,
    String collection,
    @Format("") Integer indexFileCount,
    Double indexSizeMB,
    String location,
    String startTime,
    Double uploadedIndexFileMB) {}
