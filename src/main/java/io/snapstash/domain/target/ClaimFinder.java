package io.snapstash.domain.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.domain.target.TargetClaims.Claim;
import io.snapstash.domain.target.TargetClaims.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the claims of a workload (behaviour 6.8-6.10). */
public final class ClaimFinder {
  private final JsonNode workload;
  private final Set<String> only;
  private final PodMounts mounts;
  private final List<String> notes = new ArrayList<>();

  private ClaimFinder(JsonNode workload, Set<String> only) {
    this.workload = workload;
    this.only = only;
    this.mounts = new PodMounts(workload.at("/spec/template/spec"));
  }

  /**
   * Collects the volumes of an existing target.
   *
   * @param workload the object as the API server shows it
   * @param only names of the volumes that a task is restricted to; empty means all
   */
  public static TargetClaims find(Target.Kind kind, JsonNode workload, Set<String> only) {
    ClaimFinder finder = new ClaimFinder(workload, only);
    List<Component> components = switch (kind) {
      case CLAIM -> List.of(new Component(
          ComponentNames.WHOLE, List.of(new Claim(finder.name(), Optional.empty())), Optional.empty()));
      case STATEFUL_SET -> finder.statefulSet();
      case DEPLOYMENT, DAEMON_SET, REPLICA_SET, REPLICATION_CONTROLLER -> finder.whole(finder.podClaims(Set.of()));
    };
    return new TargetClaims(components, finder.notes);
  }

  private String name() {
    return workload.at("/metadata/name").asText();
  }

  private List<Component> whole(List<Claim> claims) {
    return claims.isEmpty()
        ? List.of(TargetClaims.failed(only.isEmpty()
            ? "the target uses no PersistentVolumeClaim"
            : "none of the volumes " + String.join(", ", only.stream().sorted().toList())
                + " of the target is a PersistentVolumeClaim"))
        : List.of(new Component(ComponentNames.WHOLE, claims, Optional.empty()));
  }

  private List<Component> statefulSet() {
    List<String> templates = new ArrayList<>();
    workload.at("/spec/volumeClaimTemplates")
        .forEach(template -> templates.add(template.at("/metadata/name").asText()));
    int replicas = workload.at("/spec/replicas").asInt(1);
    if (replicas == 0) {
      return List.of(TargetClaims.failed("the StatefulSet has 0 replicas"));
    }
    List<Claim> shared = podClaims(Set.copyOf(templates));
    templates.removeIf(template -> !wanted(template));
    if (templates.isEmpty()) {
      return whole(shared);
    }
    List<Component> components = new ArrayList<>();
    int start = workload.at("/spec/ordinals/start").asInt(0);
    for (int ordinal = start; ordinal < start + replicas; ordinal++) {
      components.add(pod(templates, ordinal));
    }
    if (!shared.isEmpty()) {
      components.addAll(whole(shared));
    }
    return components;
  }

  private Component pod(List<String> templates, int ordinal) {
    List<Claim> claims = templates.stream()
        .map(template -> new Claim(template + "-" + name() + "-" + ordinal, mounts.pathOf(template)))
        .toList();
    return new Component(ComponentNames.ofPod(ordinal), claims, Optional.empty());
  }

  /** Claims of the Pod template; a claim template hides a volume of its name. */
  private List<Claim> podClaims(Set<String> hidden) {
    Map<String, Claim> claims = new LinkedHashMap<>();
    for (JsonNode volume : workload.at("/spec/template/spec/volumes")) {
      String name = volume.path("name").asText();
      if (hidden.contains(name) || !wanted(name)) {
        continue;
      }
      if (volume.hasNonNull("ephemeral")) {
        notes.add("volume " + name + " is left out: the claim behind it lives and dies with its Pod");
      }
      String claim = volume.at("/persistentVolumeClaim/claimName").asText();
      if (!claim.isEmpty()) {
        claims.merge(claim, new Claim(claim, mounts.pathOf(name)),
            (first, second) -> first.hostPath().isPresent() ? first : second);
      }
    }
    return List.copyOf(claims.values());
  }

  private boolean wanted(String volume) {
    return only.isEmpty() || only.contains(volume);
  }
}
