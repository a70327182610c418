package io.snapstash.domain.target;

import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.Absent;
import java.util.Map;
import java.util.Optional;

/**
 * A reference to an application in one spelling, so that equal means equal (behaviour 15.1, 18.22): the namespace is
 * filled in, and an empty group on a workload kind has become its usual group.
 */
public record Target(String apiGroup, String kind, String namespace, String name) {
  private static final String APPS = "apps";
  private static final Map<String, String> USUAL_GROUPS = Map.of(
      "Deployment", APPS, "StatefulSet", APPS, "DaemonSet", APPS, "ReplicaSet", APPS);

  /** The kinds whose volumes we know how to find. */
  public enum Kind {
    CLAIM("", "PersistentVolumeClaim"),
    DEPLOYMENT(APPS, "Deployment"),
    STATEFUL_SET(APPS, "StatefulSet"),
    DAEMON_SET(APPS, "DaemonSet"),
    REPLICA_SET(APPS, "ReplicaSet"),
    REPLICATION_CONTROLLER("", "ReplicationController");

    private final String group;
    private final String title;

    Kind(String group, String title) {
      this.group = group;
      this.title = title;
    }
  }

  /** Reads a reference; without a namespace it means the one of the object that refers. */
  public static Target of(TypedObjectReference reference, String defaultNamespace) {
    String kind = Absent.text(reference.kind());
    String group = Absent.text(reference.apiGroup());
    String namespace = Absent.text(reference.namespace());
    return new Target(
        group.isEmpty() ? USUAL_GROUPS.getOrDefault(kind, "") : group,
        kind,
        namespace.isEmpty() ? defaultNamespace : namespace,
        Absent.text(reference.name()));
  }

  /** Empty for a kind that has no volumes as far as we know. */
  public Optional<Kind> knownKind() {
    for (Kind known : Kind.values()) {
      if (known.group.equals(apiGroup) && known.title.equals(kind)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  public TypedObjectReference reference() {
    return new TypedObjectReference(apiGroup, kind, namespace, name);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
