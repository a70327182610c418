package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Conditions;
import io.snapstash.api.Json;
import io.snapstash.api.Phases;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.domain.phase.ConditionSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the Job has written into a Snapshot, and what the operator writes there in its place when it cannot. */
public final class Components {
  private Components() {}

  public static Map<String, SnapshotComponent> of(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::components).orElse(Map.of());
  }

  public static String phaseOf(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::phase).orElse("");
  }

  /** Whether nothing more will come from the Job: every expected component has ended, or the run was given up. */
  public static boolean areFinal(Snapshot snapshot) {
    if (conditions(snapshot).isTrue(Conditions.BACKUP_INCOMPLETE)) {
      return true;
    }
    Integer expected = Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::totalComponents).orElse(null);
    Map<String, SnapshotComponent> components = of(snapshot);
    return expected != null && !components.isEmpty() && components.size() >= expected
        && components.values().stream().allMatch(Components::isFinal);
  }

  /** Where the data of a Snapshot lies: {@code namespace/name} of each VolumeSnapshot it names. */
  public static List<String> volumeSnapshots(Snapshot snapshot) {
    String namespace = namespaceOfData(snapshot);
    return of(snapshot).values().stream()
        .flatMap(component -> Optional.ofNullable(component.volumeSnapshotterStats()).stream().flatMap(List::stream))
        .flatMap(stats -> Stream.ofNullable(stats.volumeSnapshotName()))
        .map(name -> namespace + "/" + name).distinct().toList();
  }

  /** VolumeSnapshots lie beside their claims, and these beside the application. */
  public static String namespaceOfData(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getSpec()).map(spec -> spec.appRef()).map(app -> app.namespace())
        .filter(namespace -> !namespace.isEmpty()).orElse(snapshot.getMetadata().getNamespace());
  }

  /** Status patch that fails what the Job left unfinished; empty if it had begun nothing. */
  public static Optional<ObjectNode> failUnfinished(Snapshot snapshot, String error) {
    ObjectNode components = JsonNodeFactory.instance.objectNode();
    of(snapshot).forEach((name, component) -> {
      if (!isFinal(component)) {
        components.putObject(name).put("phase", Phases.FAILED).put("error", error);
      }
    });
    if (components.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("status").set("components", components);
    return Optional.of(patch);
  }

  /** Status patch that gives the Snapshot up (behaviour 7.6). */
  public static ObjectNode incomplete(Snapshot snapshot, String message, Instant now) {
    ConditionSet conditions = conditions(snapshot).withTrue(Conditions.BACKUP_INCOMPLETE,
        Conditions.BACKUP_EXECUTOR_TERMINATED_BEFORE_COMPLETION, message, now);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", snapshot.getMetadata().getResourceVersion());
    patch.putObject("status").set("conditions", Json.MAPPER.valueToTree(conditions.items()));
    return patch;
  }

  public static ConditionSet conditions(Snapshot snapshot) {
    return ConditionSet.of(Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::conditions).orElse(null));
  }

  private static boolean isFinal(SnapshotComponent component) {
    return Phases.SUCCEEDED.equals(component.phase()) || Phases.FAILED.equals(component.phase());
  }
}
