package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options of other drivers; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ManifestOptions(
    WorkloadManifestOptions workload, DatabaseManifestOptions mongoDB, DatabaseManifestOptions postgres,
    DatabaseManifestOptions mySQL, DatabaseManifestOptions clickhouse, DatabaseManifestOptions mariaDB,
    DatabaseManifestOptions zooKeeper, DatabaseManifestOptions singlestore, DatabaseManifestOptions redis,
    MsSqlServerManifestOptions msSQLServer, DruidManifestOptions druid, RedisSentinelManifestOptions redisSentinel) {}
