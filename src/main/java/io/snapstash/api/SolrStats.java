package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SolrStats(
    Integer backupId, String backupName, String collection, Integer indexFileCount, Double indexSizeMB,
    String location, String startTime, Double uploadedIndexFileMB) {}
