package io.snapstash.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Instant DEADLINE = Instant.parse("2024-01-16T10:00:00Z");

  @Test
  void aBackupPlanReachesTheJobUnchanged() throws JsonProcessingException {
    BackupPlan plan = new BackupPlan("run", "demo", "u", "orders", "nightly", "1705402801", DEADLINE,
        List.of(new BackupPlan.SnapshotRef("demo", "repo-run")),
        List.of(new BackupPlan.Component("volumesnapshot",
            List.of(new BackupPlan.Claim("demo", "data", null, "csi", null)), null)));

    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), BackupPlan.class)).isEqualTo(plan);
  }

  @Test
  void aRestorePlanReachesTheJobUnchanged() throws JsonProcessingException {
    ObjectNode manifest = Json.MAPPER.createObjectNode().put("kind", "PersistentVolumeClaim");
    RestorePlan plan = new RestorePlan("back", "demo", "u", DEADLINE, List.of(new RestorePlan.Component(
        "volumesnapshot",
        List.of(new RestorePlan.Claim("demo", "data", manifest, "demo", "data-1705402801", true, null, null)),
        List.of("a note"), null)));

    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(plan), RestorePlan.class)).isEqualTo(plan);
  }
}
