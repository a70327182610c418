package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A session as its BackupConfiguration sees it; nextSchedule is RFC 3339. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionStatus(
    String name, String nextSchedule, List<Condition> conditions) {}
