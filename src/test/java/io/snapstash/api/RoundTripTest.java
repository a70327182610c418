package io.snapstash.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  @Test
  void keepsWhatIsTypedAndAddsNothing() throws Exception {
    String yaml = """
        apiVersion: core.kubestash.com/v1alpha1
        kind: RestoreSession
        metadata:
          name: restore
          namespace: demo
        spec:
          dataSource:
            repository: s3-repo
            pitr:
              targetTime: "2026-11-23T08:00:00Z"
              exclusive: false
          addon:
            name: pvc-addon
            tasks:
            - name: volume-snapshot-restore
              targetVolumes:
                volumeClaimTemplates:
                - metadata:
                    name: data-${POD_ORDINAL}
                  spec:
                    accessModes: [ReadWriteOnce]
                    resources:
                      requests:
                        storage: 1Gi
          manifestOptions:
            redisSentinel:
              SentinelName: sentinel
        status:
          phase: SomethingNew
          components:
            volumesnapshot:
              phase: Running
        """;

    RestoreSession read = Json.YAML.readValue(yaml, RestoreSession.class);

    assertThat((JsonNode) Json.MAPPER.valueToTree(read)).isEqualTo(Json.YAML.readTree(yaml));
    assertThat(read.getStatus().phase()).isEqualTo("SomethingNew");
  }

  @Test
  void keepsTheVolumeOfALocalBackend() throws Exception {
    String json = """
        {"storage":{"provider":"local","local":{"mountPath":"/data","nfs":{"server":"nfs","path":"/"}}},"default":true}
        """;

    BackupStorageSpec read = Json.MAPPER.readValue(json, BackupStorageSpec.class);

    assertThat(read.isDefault()).isTrue();
    assertThat(read.storage().local().nfs().path("server").asText()).isEqualTo("nfs");
    assertThat((JsonNode) Json.MAPPER.valueToTree(read)).isEqualTo(Json.MAPPER.readTree(json));
  }

  @Test
  void writesTimesInWholeSecondsAndReadsAnyOffset() throws Exception {
    var written = Json.MAPPER.writeValueAsString(
        SnapshotStatusBuilder.builder().snapshotTime(Instant.parse("2026-11-23T08:00:00.987Z")).build());
    var read = Json.MAPPER.readValue("{\"snapshotTime\":\"2026-11-23T09:00:00.5+01:00\"}", SnapshotStatus.class);

    assertThat(written).isEqualTo("{\"snapshotTime\":\"2026-11-23T08:00:00Z\"}");
    assertThat(read.snapshotTime()).isEqualTo(Instant.parse("2026-11-23T08:00:00.500Z"));
  }

  @Test
  void passesOverUnknownFieldsAndWritesNoStatusWhereThereIsNone() throws Exception {
    var read = Json.MAPPER.readValue("{\"spec\":{\"image\":\"a\",\"new\":1}}", Function.class);

    assertThat(Json.MAPPER.writeValueAsString(read))
        .contains("\"image\":\"a\"")
        .doesNotContain("new", "status", "null");
  }

  @Test
  void buildsFromAnExistingValue() {
    var first = BackupSessionStatusBuilder.builder().phase(Phases.RUNNING).totalSnapshots(2).build();

    var next = BackupSessionStatusBuilder.builder(first).phase(Phases.SUCCEEDED).conditions(List.of()).build();

    assertThat(next.totalSnapshots()).isEqualTo(2);
    assertThat(next.phase()).isEqualTo("Succeeded");
  }
}
