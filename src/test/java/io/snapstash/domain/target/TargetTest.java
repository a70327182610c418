package io.snapstash.domain.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.target.TargetClaims.Claim;
import io.snapstash.domain.target.TargetClaims.Component;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  private static final String POD = """
        template:
          spec:
            initContainers:
            - {name: first, volumeMounts: [{name: config, mountPath: /init}, {name: data, mountPath: /init-data}]}
            containers:
            - {name: app, volumeMounts: [{name: data, mountPath: /source/data}, {name: data, mountPath: /again}]}
            - {name: raw, volumeDevices: [{name: block, devicePath: /dev/xvda}]}
            volumes:
            - {name: data, persistentVolumeClaim: {claimName: source-data}}
            - {name: config, persistentVolumeClaim: {claimName: source-config}}
            - {name: scratch, ephemeral: {volumeClaimTemplate: {}}}
            - {name: settings, configMap: {name: settings}}
            - {name: block, persistentVolumeClaim: {claimName: source-block}}
            - {name: unused, persistentVolumeClaim: {claimName: source-data}}
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      apps | Deployment             | -    | apps | demo
      ''   | Deployment             | shop | apps | shop
      -    | StatefulSet            | -    | apps | demo
      -    | PersistentVolumeClaim  | ''   | ''   | demo
      ''   | ReplicationController  | -    | ''   | demo
      """)
  void oneSpellingForEveryReference(String group, String kind, String namespace, String wantedGroup, String wanted) {
    Target target = Target.of(new TypedObjectReference(group, kind, namespace, "x"), "demo");

    assertThat(target).isEqualTo(new Target(wantedGroup, kind, wanted, "x"));
    assertThat(target.knownKind()).isPresent();
  }

  @Test
  void otherKindsAreUnknown() {
    assertThat(new Target("kubedb.com", "MySQL", "demo", "x").knownKind()).isEmpty();
    assertThat(new Target("kubedb.com", "Deployment", "demo", "x").knownKind()).isEmpty();
  }

  @Test
  void aClaimIsItsOwnComponentWithoutAPath() {
    assertThat(find(Target.Kind.CLAIM, "metadata: {name: source-pvc}")).isEqualTo(new TargetClaims(
        List.of(component("volumesnapshot", new Claim("source-pvc", Optional.empty()))), List.of()));
  }

  @Test
  void aDeploymentHasTheClaimsOfItsVolumesInTheirOrder() {
    TargetClaims found = find(Target.Kind.DEPLOYMENT, "metadata: {name: shop}\nspec:\n" + POD);

    assertThat(found.components()).containsExactly(component("volumesnapshot",
        claim("source-data", "/source/data"), claim("source-config", "/init"), claim("source-block", "/dev/xvda")));
    assertThat(found.notes()).singleElement().asString().startsWith("volume scratch is left out");
  }

  @Test
  void aTaskMayBeRestrictedToSomeVolumes() {
    assertThat(find(Target.Kind.DAEMON_SET, "metadata: {name: shop}\nspec:\n" + POD, "config").components())
        .containsExactly(component("volumesnapshot", claim("source-config", "/init")));
    assertThat(find(Target.Kind.DAEMON_SET, "metadata: {name: shop}\nspec:\n" + POD, "settings").components())
        .singleElement().satisfies(component -> assertThat(component.error().orElseThrow()).contains("settings"));
  }

  @Test
  void aStatefulSetHasAComponentPerReplica() {
    TargetClaims found = find(Target.Kind.STATEFUL_SET, """
        metadata: {name: db}
        spec:
          replicas: 2
          ordinals: {start: 5}
          volumeClaimTemplates: [{metadata: {name: data}}, {metadata: {name: log}}]
          template:
            spec:
              containers: [{name: db, volumeMounts: [{name: data, mountPath: /data}]}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: hidden}}]
        """);

    assertThat(found.components()).containsExactly(
        component("volumesnapshot-pod-5", claim("data-db-5", "/data"), new Claim("log-db-5", Optional.empty())),
        component("volumesnapshot-pod-6", claim("data-db-6", "/data"), new Claim("log-db-6", Optional.empty())));
  }

  @Test
  void whatAllPodsOfAStatefulSetShareIsAComponentOfItsOwn() {
    String set = "metadata: {name: db}\nspec:\n  volumeClaimTemplates: [{metadata: {name: own}}]\n" + POD;

    assertThat(find(Target.Kind.STATEFUL_SET, set).components()).extracting(Component::name)
        .containsExactly("volumesnapshot-pod-0", "volumesnapshot");
    assertThat(find(Target.Kind.STATEFUL_SET, set, "data").components()).containsExactly(
        component("volumesnapshot", claim("source-data", "/source/data")));
  }

  @Test
  void aTargetWithoutClaimsFailsByAComponent() {
    assertThat(find(Target.Kind.STATEFUL_SET, "metadata: {name: db}\nspec: {replicas: 0}").components())
        .containsExactly(new Component("volumesnapshot", List.of(), Optional.of("the StatefulSet has 0 replicas")));
    assertThat(find(Target.Kind.REPLICA_SET, "metadata: {name: shop}\nspec: {}").components())
        .containsExactly(new Component("volumesnapshot", List.of(),
            Optional.of("the target uses no PersistentVolumeClaim")));
  }

  @Test
  void componentsAreCountedAsPeopleCount() {
    List<String> sorted = Stream.of("volumesnapshot-pod-10", "volumesnapshot-pod-2", "volumesnapshot", "a")
        .sorted(ComponentNames.NATURAL).toList();

    assertThat(sorted).containsExactly("a", "volumesnapshot", "volumesnapshot-pod-2", "volumesnapshot-pod-10");
    assertThat(ComponentNames.ordinal("volumesnapshot-pod-10")).isEqualTo("10");
    assertThat(ComponentNames.ordinal("volumesnapshot")).isEqualTo("0");
    assertThat(ComponentNames.ordinal("dump-7")).isEqualTo("0");
  }

  @Test
  void componentsMayBeNamedWithoutOurPrefix() {
    Set<String> present = Set.of("volumesnapshot-pod-0", "volumesnapshot-pod-1", "volumesnapshot");

    assertThat(ComponentNames.match("volumesnapshot-pod-1", present)).contains("volumesnapshot-pod-1");
    assertThat(ComponentNames.match("pod-1", present)).contains("volumesnapshot-pod-1");
    assertThat(ComponentNames.match("1", present)).isEmpty();
    assertThat(ComponentNames.match("pod-2", present)).isEmpty();
  }

  private static Component component(String name, Claim... claims) {
    return new Component(name, List.of(claims), Optional.empty());
  }

  private static Claim claim(String name, String path) {
    return new Claim(name, Optional.of(path));
  }

  private static TargetClaims find(Target.Kind kind, String yaml, String... only) {
    try {
      JsonNode workload = Json.YAML.readTree(yaml);
      return ClaimFinder.find(kind, workload, Set.of(only));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
