package io.snapstash.controller.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Json;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.target.Target;
import io.snapstash.kube.ObjectMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlueprintRulesTest {
  private static final String ASKS = "blueprint.kubestash.com/name: b, blueprint.kubestash.com/namespace: demo";
  private static final Target WEB = new Target("apps", "Deployment", "demo", "web");
  private static final BackupBlueprint BLUEPRINT = blueprint("namespace: demo, deletionPolicy: OnDelete");

  private static BackupBlueprint blueprint(String template) {
    return read("{metadata: {namespace: demo, name: b}, spec: {usagePolicy: {allowedNamespaces: {from: All}}, "
        + "backupConfigurationTemplate: {" + template + ", sessions: [{name: '${s:=nightly}', repositories: []}]}}}",
        BackupBlueprint.class);
  }

  private static BlueprintFacts facts(Target target, String annotations, Optional<BackupBlueprint> blueprint,
      List<BackupConfiguration> existing, Map<String, String> allowFrom) {
    Optional<ObjectMetadata> object = annotations.isEmpty() ? Optional.empty() : Optional.of(read("{metadata: {"
        + "namespace: " + target.namespace() + ", name: " + target.name() + ", uid: u, ownerReferences: [], annotations: {"
        + annotations + "}}}", ObjectMetadata.class));
    return new BlueprintFacts(target, "apps/v1", object, blueprint,
        existing.stream().filter(each -> Generated.of(each).isPresent()).toList(),
        key -> existing.stream().filter(each -> Metadata.key(each).equals(key)).findFirst(),
        name -> Optional.of(read("{metadata: {name: " + name + ", annotations: {snapstash.io/allow-from: '"
            + allowFrom.getOrDefault(name, "") + "'}}}", ObjectMetadata.class)));
  }

  private static List<Effect> decide(String annotations, Optional<BackupBlueprint> blueprint,
      BackupConfiguration... existing) {
    return BlueprintRules.decide(facts(WEB, annotations, blueprint, List.of(existing), Map.of()));
  }

  /** As the blueprint makes it. */
  private static BackupConfiguration made() {
    Effect.Create create = (Effect.Create) decide(ASKS, Optional.of(BLUEPRINT)).getFirst();
    ObjectNode body = create.body().deepCopy();
    body.withObject("/metadata").put("uid", "made").put("resourceVersion", "7");
    return Json.MAPPER.convertValue(body, BackupConfiguration.class);
  }

  private static List<String> told(List<Effect> effects) {
    return effects.stream().map(Effect::describe).toList();
  }

  @Test
  void anAnnotationMakesOneConfigurationAndThenNothing() {
    assertThat(told(decide(ASKS, Optional.of(BLUEPRINT))))
        .containsExactly("create BackupConfiguration demo/deployment-web");
    assertThat(decide(ASKS, Optional.of(BLUEPRINT), made())).isEmpty();
  }

  @Test
  void whatTheBlueprintSaysIsPutBackAndWhatItDoesNotSayStays() {
    BackupConfiguration paused = changed("{spec: {paused: true}}");
    BackupConfiguration renamed = changed("{spec: {sessions: [{name: weekly}]}}");

    assertThat(decide(ASKS, Optional.of(BLUEPRINT), paused)).isEmpty();
    assertThat(decide(ASKS, Optional.of(BLUEPRINT), renamed)).singleElement()
        .isInstanceOfSatisfying(Effect.Patch.class, patch -> {
          assertThat(patch.patch().at("/spec/sessions/0/name").asText()).isEqualTo("nightly");
          assertThat(patch.patch().at("/metadata/resourceVersion").asText()).isEqualTo("7");
          assertThat(patch.patch().path("spec").has("paused")).isFalse();
        });
  }

  @Test
  void anotherVariableAndAnotherPolicyReachTheConfiguration() {
    assertThat(decide(ASKS + ", variables.kubestash.com/s: hourly", Optional.of(BLUEPRINT), made())).singleElement()
        .isInstanceOfSatisfying(Effect.Patch.class, patch ->
            assertThat(patch.patch().at("/spec/sessions/0/name").asText()).isEqualTo("hourly"));
    assertThat(decide(ASKS, Optional.of(blueprint("namespace: demo")), made())).singleElement()
        .isInstanceOfSatisfying(Effect.Patch.class, patch -> assertThat(
            patch.patch().at("/metadata/annotations").get("snapstash.io/blueprint-deletion").isNull()).isTrue());
  }

  @Test
  void onDeleteTakesItAlongWithAnnotationObjectOrBlueprint() {
    String deletion = "delete BackupConfiguration demo/deployment-web";

    assertThat(told(decide("other: annotation", Optional.empty(), made()))).containsExactly(deletion);
    assertThat(told(decide("", Optional.empty(), made()))).containsExactly(deletion);
    assertThat(told(decide(ASKS, Optional.empty(), made()))).containsExactly(deletion, "event BlueprintNotFound");
    assertThat(decide("", Optional.empty(),
        changed("{metadata: {annotations: {snapstash.io/blueprint-deletion: null}}}"))).isEmpty();
  }

  @Test
  void aConfigurationThatAPersonMadeIsLeftAlone() {
    BackupConfiguration manual = read("{metadata: {namespace: demo, name: deployment-web, labels: {"
        + "app.kubernetes.io/managed-by: kubestash.com}}}", BackupConfiguration.class);

    assertThat(told(decide(ASKS, Optional.of(BLUEPRINT), manual))).containsExactly("event NameTaken");
    assertThat(decide("", Optional.empty(), manual)).isEmpty();
  }

  @Test
  void aCopyUnderAnotherNameProvesNothing() {
    BackupConfiguration copy = changed("{metadata: {name: copy}}");

    assertThat(Generated.of(made())).isPresent();
    assertThat(Generated.of(copy)).isEmpty();
  }

  @Test
  void aTemplateThatMovesItsResultsTakesTheOldOneAway() {
    List<Effect> effects = BlueprintRules.decide(facts(WEB, ASKS,
        Optional.of(blueprint("namespace: far, deletionPolicy: OnDelete")), List.of(made()),
        Map.of("far", "demo", "demo", "far")));

    assertThat(told(effects)).containsExactly("delete BackupConfiguration demo/deployment-web",
        "create BackupConfiguration far/demo-deployment-web");
  }

  @Test
  void otherNamespacesAreReachedOnlyWithTheirConsent() {
    Target far = new Target("apps", "Deployment", "far", "web");

    assertThat(told(BlueprintRules.decide(facts(far, ASKS, Optional.of(BLUEPRINT), List.of(), Map.of()))))
        .containsExactly("event ConsentMissing");
    assertThat(told(BlueprintRules.decide(facts(far, ASKS, Optional.of(BLUEPRINT), List.of(), Map.of("far", "demo")))))
        .containsExactly("create BackupConfiguration demo/far-deployment-web");
    assertThat(told(BlueprintRules.decide(facts(far, ASKS, Optional.of(blueprint("namespace: '${namespace}'")),
        List.of(), Map.of())))).containsExactly("event ConsentMissing");
  }

  @Test
  void aKindBeyondTheUsualFourIsActedOnIfTheBlueprintListsIt() {
    Target set = new Target("apps", "ReplicaSet", "demo", "web");
    BackupBlueprint listed = blueprint("namespace: demo");
    BackupBlueprint listing = read("{metadata: {namespace: demo, name: b}, spec: {subjects: [{kind: ReplicaSet}], "
        + "backupConfigurationTemplate: {sessions: []}}}", BackupBlueprint.class);

    assertThat(BlueprintRules.decide(facts(set, ASKS, Optional.of(listed), List.of(), Map.of()))).isEmpty();
    assertThat(told(BlueprintRules.decide(facts(set, ASKS, Optional.of(listing), List.of(), Map.of()))))
        .containsExactly("create BackupConfiguration demo/replicaset-web");
  }

  private static BackupConfiguration changed(String yaml) {
    ObjectNode tree = Json.MAPPER.valueToTree(made());
    try {
      return Json.MAPPER.convertValue(merged(tree, read(yaml, JsonNode.class)), BackupConfiguration.class);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(yaml, e);
    }
  }

  private static JsonNode merged(ObjectNode tree, JsonNode patch) {
    patch.properties().forEach(field -> {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        tree.remove(field.getKey());
      } else if (value.isObject() && tree.path(field.getKey()).isObject()) {
        merged((ObjectNode) tree.get(field.getKey()), value);
      } else {
        tree.set(field.getKey(), value);
      }
    });
    return tree;
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
