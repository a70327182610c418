package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How the check goes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupVerificationSessionStatus(
    @Allowed({"Running", "Succeeded", "Failed", "Skipped"}) String phase,
    String duration,
    Boolean retried,
    List<Condition> conditions) {}
