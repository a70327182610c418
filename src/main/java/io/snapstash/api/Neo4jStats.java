package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Neo4jStats(
    String file, String database, String databaseID, String time, Boolean full, Boolean compressed, Long lowestTX,
    Long highestTX, String storeIDHash, Boolean recovered) {}
