package io.snapstash.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.fixtures.ABackup;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Objects that make no sense, where no webhook is asked: each is refused by the schema or told about in its status or an
 * event, none is tried for ever, and none disturbs its neighbours.
 */
@Tag("hostile")
class NonsenseStoryTest extends Story {
  private static final String MARKER = "hunter2";
  /** Of one kind, for one object: pauses between attempts grow to ten minutes. */
  private static final int MOST_PER_HOUR = 24;

  private static Stream<ObjectNode> storages() {
    return Stream.of("file:///etc/passwd", "http://someone:" + MARKER + "@127.0.0.1:1", "http://:1", "not a url",
        "http://127.0.0.1:99999", "gopher://127.0.0.1:1", "http://127.0.0.1:1/?a=b#c", "http://[::1", "\\u202e")
        .map(endpoint -> storage("{endpoint: \"" + endpoint + "\", bucket: b, prefix: p, secretName: s3-secret}"));
  }

  private static Stream<ObjectNode> places() {
    return Stream.of("{endpoint: 'http://127.0.0.1:1', bucket: '..', prefix: p, secretName: s3-secret}",
        "{endpoint: 'http://127.0.0.1:1', bucket: b, prefix: '../../other', secretName: s3-secret}",
        "{endpoint: 'http://127.0.0.1:1', bucket: b, prefix: \"a\\u0000b\", secretName: s3-secret}",
        "{endpoint: 'http://127.0.0.1:1', bucket: b, prefix: p, secretName: '../s3-secret'}",
            "{endpoint: 'http://127.0.0.1:1', bucket: b, prefix: p, secretName: '../../other/secrets/theirs'}",
            "{endpoint: 'http://127.0.0.1:1', bucket: b, prefix: p, secretName: 's3-secret?x=y#z'}", "{}")
        .map(NonsenseStoryTest::storage);
  }

  private static ObjectNode storage(String s3) {
    return Manifests.parse("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: BackupStorage
        metadata: {namespace: demo}
        spec: {storage: {provider: s3, s3: %s}, usagePolicy: {allowedNamespaces: {from: All}}}
        """.formatted(s3)).getFirst();
  }

  /** A good BackupConfiguration with one part that is not. */
  private static Stream<ObjectNode> configurations() {
    return Stream.of("/spec/sessions/0/repositories/0/directory ../../other",
            "/spec/sessions/0/repositories/0/directory /a/../../b", "/spec/sessions/0/repositories/0/directory \"a\\u0007\"",
            "/spec/sessions/0/repositories/0/name UPPER_case", "/spec/sessions/0/repositories/0/backend no-such-backend",
            "/spec/sessions/0/repositories []", "/spec/sessions []", "/spec/backends []",
            "/spec/sessions/0/scheduler/schedule '* * * *'",
            "/spec/sessions/0/scheduler/schedule '61 25 32 13 8'",
            "/spec/sessions/0/backupTimeout -5m",
            "/spec/sessions/0/backupTimeout 99999999999999h", "/spec/sessions/0/sessionHistoryLimit -1",
            "/spec/sessions/0/retryConfig {maxRetry: -1, delay: 1s}", "/spec/sessions/0/retryConfig {maxRetry: 1, delay: x}",
            "/spec/sessions/0/addon/tasks []", "/spec/sessions/0/addon/tasks [{name: volume-snapshot}, {name: again}]",
            "/spec/target/kind BackupConfiguration", "/spec/target/kind Secret", "/spec/target/name ''",
            "/spec/target/namespace ../other", "/spec/backends/0/storageRef/name ../../s3-storage",
            "/spec/sessions/0/name \"a b\"", "/spec/sessions/0/addon/name ''")
        .map(change -> change.split(" ", 2)).map(change -> {
          ObjectNode manifest = ABackup.ofClaim("b", "source").repository("r").manifests().getFirst();
          int slash = change[0].lastIndexOf('/');
          ((ObjectNode) manifest.at(change[0].substring(0, slash)))
              .set(change[0].substring(slash + 1), Manifests.parse("v: " + change[1]).getFirst().get("v"));
          return manifest;
        });
  }

  private static Stream<ObjectNode> others() {
    return Stream.of("{kind: BackupSession, spec: {invoker: {kind: Secret, name: s3-secret}, session: frequent}}",
            "{kind: BackupSession, spec: {invoker: {kind: BackupConfiguration, name: ''}, session: ''}}",
            "{kind: RestoreSession, spec: {}}",
            "{kind: RestoreSession, spec: {dataSource: {repository: '../r', snapshot: latest}, addon: {name: pvc-addon, "
                + "tasks: [{name: VolumeSnapshotRestore}]}}}",
            "{kind: RestoreSession, spec: {dataSource: {repository: r, snapshot: latest}, restoreTimeout: -1h, addon: "
                + "{name: pvc-addon, tasks: []}}}")
        .map(text -> {
          ObjectNode manifest = Manifests.parse(text).getFirst();
          manifest.put("apiVersion", "core.kubestash.com/v1alpha1").putObject("metadata").put("namespace", "demo");
          return manifest;
        });
  }

  private static ResourceType<?> type(ObjectNode manifest) {
    return switch (manifest.path("kind").asText()) {
      case "BackupStorage" -> ResourceTypes.BACKUP_STORAGES;
      case "BackupConfiguration" -> ResourceTypes.BACKUP_CONFIGURATIONS;
      case "BackupSession" -> ResourceTypes.BACKUP_SESSIONS;
      default -> ResourceTypes.RESTORE_SESSIONS;
    };
  }

  /** @return those that the schema lets in */
  private List<ObjectNode> applied() {
    List<ObjectNode> in = new ArrayList<>();
    List<ObjectNode> all = Stream.of(storages(), places(), configurations(), others()).flatMap(each -> each).toList();
    for (ObjectNode manifest : all) {
      manifest.withObject("/metadata").put("name", "nonsense-" + in.size());
      try {
        world.apply(List.of(manifest));
        in.add(manifest);
      } catch (KubeFailure refused) {
        assertThat(refused.getMessage()).contains("spec");
      }
    }
    return in;
  }

  private String events() {
    return world.list(ResourceTypes.EVENTS).stream().map(event -> Json.MAPPER.valueToTree(event).toString())
        .collect(Collectors.joining("\n"));
  }

  private static boolean isTold(JsonNode status, String name, String events) {
    return List.of("Invalid", "NotReady", "Failed", "Skipped").contains(status.path("phase").asText())
        || status.toString().contains("\"status\":\"False\"") || events.contains("\"" + name + "\"");
  }

  @Test
  void nonsenseIsToldAndDisturbsNobody() {
    storage();
    claim("source", "old");
    List<ObjectNode> nonsense = applied();

    world.leap(Duration.ofMinutes(30), Duration.ofMinutes(1));
    world.server().requests().clear();
    world.leap(Duration.ofHours(1), Duration.ofMinutes(1));

    String events = events();
    assertThat(nonsense).filteredOn(manifest -> !isTold(world.tree(type(manifest),
        manifest.at("/metadata/name").asText()).path("status"), manifest.at("/metadata/name").asText(), events))
        .as("of %s that were let in, nobody is told of these", nonsense.size()).isEmpty();
    assertThat(world.server().requests().matching(entry -> !entry.verb().equals("watch")
        && !entry.userAgent().equals("sandbox")).stream().collect(Collectors.groupingBy(entry -> entry.what() + " "
        + entry.name(), Collectors.counting()))).as("requests in an hour")
        .allSatisfy((what, times) -> assertThat(times).as(what).isLessThan((long) MOST_PER_HOUR * nonsense.size()));
    String statuses = nonsense.stream().map(manifest -> world.tree(type(manifest),
        manifest.at("/metadata/name").asText()).path("status").toString()).collect(Collectors.joining("\n"));
    assertThat(statuses + events).doesNotContain(MARKER);
    assertThat(world.server().requests().matching(entry -> entry.path().contains("..")
        || entry.path().contains("/other/"))).as("requests that leave their namespace").isEmpty();
    backUp(ABackup.ofClaim("good", "source"), "good");
  }
}
