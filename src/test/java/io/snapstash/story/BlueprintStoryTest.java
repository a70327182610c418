package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_BLUEPRINTS;
import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.DEPLOYMENTS;
import static io.snapstash.kube.ResourceTypes.EVENTS;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.Manifests;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Objects that are backed up because of their annotations. */
class BlueprintStoryTest extends Story {
  private static final String ANNOTATIONS = "blueprint.kubestash.com/name: every-volume, "
      + "blueprint.kubestash.com/namespace: demo, variables.kubestash.com/snapshotClass: csi-snapshot-class, "
      + "variables.kubestash.com/addon: pvc-addon";
  private static final String MADE = "persistentvolumeclaim-notes";

  /** A real server keeps the events of a namespace that is gone. */
  private final Set<String> eventsOfOthers = events(Selection.EVERYTHING).stream()
      .map(event -> event.getMetadata().getUid()).collect(Collectors.toSet());

  private void blueprint() {
    storage();
    world.apply(Manifests.file("k8s/samples/blueprint/backupblueprint.yaml"));
  }

  private void annotate(String annotations) {
    world.patch(CLAIMS, "notes", "{metadata: {annotations: {" + annotations + "}}}");
    world.settle();
  }

  private List<String> configurations() {
    return world.list(BACKUP_CONFIGURATIONS).stream().map(each -> each.getMetadata().getName()).toList();
  }

  private String schedule() {
    return world.tree(BACKUP_CONFIGURATIONS, MADE).at("/spec/sessions/0/scheduler/schedule").asText();
  }

  private List<String> told(String object) {
    return told("demo", object);
  }

  private List<String> told(String namespace, String object) {
    return events(Selection.in(namespace)).stream()
        .filter(event -> !eventsOfOthers.contains(event.getMetadata().getUid()))
        .filter(event -> event.getInvolvedObject().getName().equals(object)
            && "snapstash".equals(event.getReportingComponent()))
        .map(event -> event.getReason()).toList();
  }

  private List<Event> events(Selection selection) {
    return StoryWorld.await(world.client().list(EVENTS, selection));
  }

  @Test
  void anAnnotatedClaimIsBackedUpAndFollowsItsAnnotations() {
    blueprint();
    claim("notes", "old");
    annotate(ANNOTATIONS);
    world.until("backed up", () -> !runs(MADE).isEmpty()
        && runs(MADE).stream().allMatch(run -> phase(run).equals("Succeeded")));

    assertThat(schedule()).isEqualTo("0 3 * * *");
    annotate("variables.kubestash.com/schedule: '0 5 * * *'");
    assertThat(schedule()).isEqualTo("0 5 * * *");

    world.patch(BACKUP_CONFIGURATIONS, MADE, "{spec: {paused: true}}");
    world.patch(BACKUP_BLUEPRINTS, "every-volume", "{spec: {subjects: [{kind: ReplicaSet}, {kind: Postgres}]}}");
    world.settle();
    assertThat(world.tree(BACKUP_CONFIGURATIONS, MADE).at("/spec/paused").asBoolean()).isTrue();
    assertThat(told("every-volume")).containsExactly("SubjectNotWatched");

    annotate("blueprint.kubestash.com/name: null");
    assertThat(told("notes")).contains("BlueprintIncomplete");
    annotate("blueprint.kubestash.com/namespace: null");
    world.settle();
    assertThat(configurations()).as("OnDelete").isEmpty();
    assertThat(world.list(REPOSITORIES)).isNotEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void theSampleIsBackedUpAndItsConfigurationGoesWithTheDeployment() {
    blueprint();
    world.apply(Manifests.file("k8s/samples/blueprint/workload.yaml"));
    world.until("backed up", () -> !runs("deployment-gallery").isEmpty()
        && runs("deployment-gallery").stream().allMatch(run -> phase(run).equals("Succeeded")));
    assertThat(configurations()).as("not one of the ReplicaSet").containsExactly("deployment-gallery");
    assertThat(told("deployment-gallery")).containsExactlyInAnyOrder("BackupStarted", "BackupSucceeded");
    assertThat(told(runs("deployment-gallery").getFirst().getMetadata().getName()))
        .containsExactlyInAnyOrder("BackupStarted", "BackupSucceeded");

    world.delete(DEPLOYMENTS, "gallery");
    world.settle();

    assertThat(configurations()).isEmpty();
  }

  @Test
  void withoutOnDeleteItStaysWhenTheAnnotatedObjectOrTheBlueprintGoes() {
    blueprint();
    world.patch(BACKUP_BLUEPRINTS, "every-volume", "{spec: {backupConfigurationTemplate: {deletionPolicy: null}}}");
    world.apply(Given.claim("notes"));
    annotate(ANNOTATIONS);
    assertThat(configurations()).containsExactly(MADE);

    world.delete(CLAIMS, "notes");
    world.settle();
    world.delete(BACKUP_BLUEPRINTS, "every-volume");
    world.settle();

    assertThat(configurations()).containsExactly(MADE);
  }

  @Test
  void aNamespaceThatTheBlueprintForbidsAndAMissingVariableAreToldOnTheObject() {
    blueprint();
    world.apply(Given.namespace("far", ""));
    world.apply(Given.claim("far", "notes", "csi-standard", "Filesystem")
        .replace("name: notes,", "name: notes, annotations: {" + ANNOTATIONS + "},"));
    world.apply(Given.claim("notes").replace("name: notes,", "name: notes, annotations: {"
        + "blueprint.kubestash.com/name: every-volume, blueprint.kubestash.com/namespace: demo},"));
    world.settle();

    assertThat(told("notes")).containsExactly("VariablesUnresolved");
    annotate("variables.kubestash.com/snapshotClass: c, variables.kubestash.com/schedule: at noon");
    assertThat(told("notes")).containsExactlyInAnyOrder("VariablesUnresolved", "BlueprintRefused");
    assertThat(told("far", "notes")).contains("BlueprintForbidden");
    assertThat(configurations()).isEmpty();
  }

  @Test
  void aBackupConfigurationThatAPersonMadeIsNeverTouched() {
    blueprint();
    world.apply(Given.claim("notes"));
    world.apply(ABackup.ofClaim(MADE, "notes").paused().manifests());
    BackupConfiguration before = world.find(BACKUP_CONFIGURATIONS, "demo", MADE).orElseThrow();

    annotate(ANNOTATIONS);

    assertThat(told("notes")).containsExactly("NameTaken");
    BackupConfiguration after = world.find(BACKUP_CONFIGURATIONS, "demo", MADE).orElseThrow();
    assertThat(after.getSpec()).isEqualTo(before.getSpec());
    assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
  }
}
