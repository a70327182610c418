package io.snapstash.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.controller.JobAccounts;
import io.snapstash.sandbox.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is applied to a cluster, as it lies in k8s. */
class ManifestsTest {
  private static final List<JsonNode> ALL =
      Stream.concat(documents("k8s/rbac").stream(), documents("k8s/operator").stream()).toList();

  @Test
  void noRoleHasAWildcard() {
    assertThat(ofKind("ClusterRole")).isNotEmpty()
        .allSatisfy(role -> assertThat(role.path("rules").toString()).doesNotContain("\"*\""));
  }

  @Test
  void everyAccountOfAJobHasItsRoleAndTheOperatorMayBindIt() {
    Set<String> accounts = Stream.of(JobAccounts.values()).map(JobAccounts::accountName).collect(Collectors.toSet());

    assertThat(ofKind("ClusterRole")).extracting(ManifestsTest::name).containsAll(accounts);
    assertThat(bindable()).containsExactlyInAnyOrderElementsOf(accounts);
  }

  @Test
  void noRoleOfAJobReachesWhatOnlyTheOperatorMayTouch() {
    Set<String> accounts = Stream.of(JobAccounts.values()).map(JobAccounts::accountName).collect(Collectors.toSet());

    assertThat(ofKind("ClusterRole").stream().filter(role -> accounts.contains(name(role)))).hasSameSizeAs(accounts)
        .allSatisfy(role -> assertThat(role.path("rules").toString())
            .doesNotContain("secrets", "volumesnapshotcontents", "escalate", "impersonate"));
  }

  @Test
  void secretsAreReadOneByOne() {
    assertThat(ofKind("ClusterRole").stream().flatMap(role -> stream(role.path("rules")))
        .filter(rule -> rule.path("resources").toString().contains("\"secrets\"")).toList())
        .singleElement().satisfies(rule -> assertThat(rule.path("verbs").toString()).isEqualTo("[\"get\"]"));
  }

  @Test
  void whatPeopleMayDoComesByAggregationAndReachesNoStatus() {
    assertThat(ofKind("ClusterRole").stream().filter(role -> Set.of("snapstash-view", "snapstash-edit")
        .contains(name(role)))).hasSize(2).allSatisfy(role -> {
          assertThat(role.at("/metadata/labels").toString()).contains("aggregate-to-edit");
          assertThat(role.path("rules").toString()).doesNotContain("/status", "/finalizers", "secrets");
        });
  }

  @Test
  void anotherOperatorIsThereBeforeTheLastOneGoes() {
    JsonNode deployment = ofKind("Deployment").getFirst().path("spec");

    assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
    assertThat(deployment.at("/template/spec/terminationGracePeriodSeconds").asLong())
        .isGreaterThan(SettingsReader.read(Optional.empty(), Map.of()).shutdownGrace().toSeconds());
  }

  @Test
  void theOperatorsPodMeetsPodSecurityRestricted() {
    JsonNode pod = ofKind("Deployment").getFirst().at("/spec/template/spec");
    JsonNode container = pod.path("containers").get(0).path("securityContext");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @Test
  void theSettingsOfTheConfigMapAreAccepted() throws IOException {
    assertThat(accepted(ofKind("ConfigMap").getFirst().at("/data/snapstash.yaml").asText())).isNotNull();
  }

  @Test
  void anOperatorOfSomeNamespacesIsBoundAcrossTheClusterOnlyToReadWhatLiesInNoNamespace() throws IOException {
    JsonNode overlay = Json.YAML.readTree(Path.of("k8s/overlays/namespaced/Kustomization").toFile());
    List<JsonNode> patches = stream(overlay.path("patches")).map(patch -> yaml(patch.path("patch").asText())).toList();
    List<String> unbound = patches.stream().filter(patch -> patch.path("$patch").asText().equals("delete")
        && patch.path("kind").asText().equals("ClusterRoleBinding")).map(ManifestsTest::name).toList();
    JsonNode rules = patches.stream().filter(JsonNode::isArray).findFirst().orElseThrow().at("/0/value");

    assertThat(ofKind("ClusterRoleBinding").stream().map(ManifestsTest::name).filter(name -> !unbound.contains(name)))
        .containsExactly("snapstash-cluster");
    assertThat(stream(rules).filter(rule -> !rule.path("verbs").toString().matches("\\[(\"(get|list|watch)\",?)+]")))
        .extracting(rule -> rule.path("resources").toString()).containsExactly("[\"addons\",\"functions\"]");
    assertThat(rules.toString()).doesNotContain("secrets", "pods", "jobs", "claims\"", "namespaces");
  }

  @Test
  void theSettingsOfAnOverlayAreAccepted() throws IOException {
    JsonNode overlay = Json.YAML.readTree(Path.of("k8s/overlays/namespaced/Kustomization").toFile());
    String text = stream(overlay.path("patches")).map(patch -> yaml(patch.path("patch").asText()))
        .map(patch -> patch.at("/data/snapstash.yaml").asText("")).filter(found -> !found.isEmpty())
        .findFirst().orElseThrow();

    Settings settings = accepted(text);

    assertThat(settings.watchNamespaces()).containsExactly("demo");
    assertThat(settings.webhooks().enabled()).isFalse();
    assertThat(settings.catalogue().importHandles()).isFalse();
  }

  private static Settings accepted(String text) throws IOException {
    Path file = Files.createTempFile("settings", ".yaml");
    try {
      Files.writeString(file, text);
      return SettingsReader.read(Optional.of(file), Map.of());
    } finally {
      Files.delete(file);
    }
  }

  private static JsonNode yaml(String text) {
    try {
      return Json.YAML.readTree(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> bindable() {
    return ofKind("ClusterRole").stream().flatMap(role -> stream(role.path("rules")))
        .filter(rule -> rule.path("verbs").toString().contains("bind"))
        .flatMap(rule -> stream(rule.path("resourceNames"))).map(JsonNode::asText).toList();
  }

  private static List<JsonNode> ofKind(String kind) {
    return ALL.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items.stream();
  }

  private static List<JsonNode> documents(String folder) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<JsonNode> all = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        all.addAll(Manifests.parse(Files.readString(file)));
      }
      return all;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
