package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A part of the application and what was captured of it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotComponent(
    String path,
    @Allowed({"Pending", "Running", "Succeeded", "Failed"}) String phase,
    String size,
    String duration,
    String error,
    Boolean integrity,
    @Allowed({"Restic", "WalG", "VolumeSnapshotter", "Solr", "Medusa", "ClickHouseBackup", "Neo4jAdmin"})
        String driver,
    List<VolumeSnapshotterStats> volumeSnapshotterStats,
    List<ResticStats> resticStats,
    WalGStats walGStats,
    MedusaStats medusaStats,
    List<SolrStats> solrStats,
    List<ClickHouseStats> clickHouseStats,
    List<Neo4jStats> neo4jStats,
    LogStats logStats) {}
