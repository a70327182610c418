package io.snapstash.domain.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.Json;
import io.snapstash.api.RestoreDataSourceBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.SnapshotComponentBuilder;
import io.snapstash.api.SnapshotSpecBuilder;
import io.snapstash.api.SnapshotStatusBuilder;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.api.VolumeClaimTemplate;
import io.snapstash.api.VolumeSnapshotterStats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimMappingTest {
  private static final ClaimOwner OWNER = new ClaimOwner("demo", "restore-it", "uid-1", "demo");

  @Test
  void templatesTakeTheEntriesByPositionWhenNoNameFits() {
    Snapshot snapshot = snapshot(Map.of("volumesnapshot", of("source-data-demo", "source-config-demo")));

    MappedComponent component = map(snapshot, template("restore-data"), template("restore-config")).getFirst();

    assertThat(component.claims()).extracting(MappedClaim::name).containsExactly("restore-data", "restore-config");
    assertThat(component.claims()).extracting(claim -> claim.volumeSnapshot().orElseThrow())
        .containsExactly("source-data-demo-1705402801", "source-config-demo-1705402801");
  }

  @Test
  void aTemplateNamedLikeACapturedClaimTakesThatOne() {
    Snapshot snapshot = snapshot(Map.of("volumesnapshot", of("data", "config")));

    MappedComponent component = map(snapshot, template("config"), template("elsewhere")).getFirst();

    assertThat(component.claims()).extracting(claim -> claim.volumeSnapshot().orElseThrow())
        .containsExactly("config-1705402801", "data-1705402801");
  }

  @Test
  void everyPodOfAStatefulSetGetsItsOwnClaimInNaturalOrder() {
    Map<String, SnapshotComponent> components = new TreeMap<>();
    Stream.of(10, 2, 0).forEach(pod -> components.put("volumesnapshot-pod-" + pod, of("data-db-" + pod)));

    List<MappedComponent> mapped = map(snapshot(components), template("restored-db-${POD_ORDINAL}"));

    assertThat(mapped).flatExtracting(MappedComponent::claims).extracting(MappedClaim::name)
        .containsExactly("restored-db-0", "restored-db-2", "restored-db-10");
  }

  @Test
  void aFixedNameOverSeveralPodsIsRefused() {
    Map<String, SnapshotComponent> components =
        Map.of("volumesnapshot-pod-0", of("data-db-0"), "volumesnapshot-pod-1", of("data-db-1"));

    ClaimMapping mapping = mapping(snapshot(components), template("restored"));

    assertThat(mapping.violations()).singleElement().asString().contains("demo/restored").contains("POD_ORDINAL");
  }

  @Test
  void moreTemplatesThanCapturedClaimsFailTheComponent() {
    MappedComponent component =
        map(snapshot(Map.of("volumesnapshot", of("data"))), template("one"), template("two")).getFirst();

    assertThat(component.error()).hasValueSatisfying(error -> assertThat(error).contains("two"));
    assertThat(component.claims()).isEmpty();
  }

  @Test
  void capturedClaimsThatNoTemplateTakesAreMentioned() {
    MappedComponent component =
        map(snapshot(Map.of("volumesnapshot", of("data", "logs"))), template("data")).getFirst();

    assertThat(component.notes()).singleElement().asString().contains("logs");
  }

  @Test
  void aTemplateKeepsItsOwnSourceAndUsesNoEntry() {
    VolumeClaimTemplate own = template("mine",
        "{dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: other}}");

    MappedComponent component = map(snapshot(Map.of("volumesnapshot", of("data"))), own, template("next")).getFirst();

    assertThat(component.claims()).extracting(claim -> claim.volumeSnapshot().orElseThrow())
        .containsExactly("other", "data-1705402801");
  }

  @Test
  void aSourceThatTheApiServerWouldDropSilentlyIsRefused() {
    VolumeClaimTemplate namespaced = template("mine",
        "{dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a, namespace: demo}}");
    VolumeClaimTemplate groupless = template("mine", "{dataSource: {kind: VolumeSnapshot, name: a}}");
    Snapshot snapshot = snapshot(Map.of("volumesnapshot", of("data")));

    assertThat(map(snapshot, namespaced).getFirst().error()).isPresent();
    assertThat(map(snapshot, groupless).getFirst().error()).isPresent();
  }

  @Test
  void aComponentThatTheSnapshotDoesNotHaveFailsAlone() {
    Snapshot snapshot = snapshot(Map.of("volumesnapshot", of("data")));

    ClaimMapping mapping = ClaimMapping.of(OWNER, List.of(template("x")), snapshot,
        List.of("nope", "volumesnapshot"), _ -> Optional.empty());

    assertThat(mapping.components()).extracting(component -> component.error().isPresent())
        .containsExactly(true, false);
  }

  @Test
  void theClaimCarriesTheMarkOfItsRestoreAndNoOwner() {
    JsonNode manifest = map(snapshot(Map.of("volumesnapshot", of("data"))), template("data")).getFirst()
        .claims().getFirst().manifest();

    assertThat(manifest.at("/metadata/annotations/snapstash.io~1restore-session-uid").asText()).isEqualTo("uid-1");
    assertThat(manifest.at("/metadata/labels/kubestash.com~1invoker-name").asText()).isEqualTo("restore-it");
    assertThat(manifest.at("/metadata/ownerReferences").isMissingNode()).isTrue();
    assertThat(manifest.at("/spec/dataSourceRef/name").asText()).isEqualTo("data-1705402801");
  }

  @Test
  void componentsMayBeAskedForWithoutTheirPrefix() {
    Snapshot snapshot = snapshot(Map.of("volumesnapshot-pod-0", of("a"), "volumesnapshot-pod-1", of("b")));

    assertThat(ComponentChoice.of(RestoreDataSourceBuilder.builder().components(List.of("pod-1")).build(), snapshot))
        .containsExactly("volumesnapshot-pod-1");
  }

  private static List<MappedComponent> map(Snapshot snapshot, VolumeClaimTemplate... templates) {
    return mapping(snapshot, templates).components();
  }

  private static ClaimMapping mapping(Snapshot snapshot, VolumeClaimTemplate... templates) {
    return ClaimMapping.of(OWNER, List.of(templates), snapshot,
        ComponentChoice.of(RestoreDataSourceBuilder.builder().build(), snapshot), _ -> Optional.empty());
  }

  private static Snapshot snapshot(Map<String, SnapshotComponent> components) {
    Snapshot snapshot = new Snapshot();
    snapshot.setMetadata(new ObjectMetaBuilder().withNamespace("demo").withName("snap").build());
    snapshot.setSpec(SnapshotSpecBuilder.builder().appRef(new TypedObjectReference("apps", "Deployment", "demo", "a"))
        .build());
    snapshot.setStatus(SnapshotStatusBuilder.builder().components(components).build());
    return snapshot;
  }

  private static SnapshotComponent of(String... claims) {
    return SnapshotComponentBuilder.builder().phase("Succeeded").volumeSnapshotterStats(Stream.of(claims)
        .map(claim -> new VolumeSnapshotterStats(claim, null, claim + "-1705402801", null)).toList()).build();
  }

  private static VolumeClaimTemplate template(String name) {
    return template(name, "{}");
  }

  private static VolumeClaimTemplate template(String name, String spec) {
    try {
      return Json.YAML.readValue("{metadata: {name: '" + name + "'}, spec: " + spec + "}", VolumeClaimTemplate.class);
    } catch (java.io.IOException unreadable) {
      throw new IllegalArgumentException(unreadable);
    }
  }
}
