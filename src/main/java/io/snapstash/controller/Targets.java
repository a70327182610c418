package io.snapstash.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Json;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.target.Target;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Applications that are backed up: what a reference means, and reading the object behind it. */
public final class Targets {
  private static final Map<String, ResourceType<? extends HasMetadata>> KINDS = Map.of(
      "PersistentVolumeClaim", ResourceTypes.CLAIMS,
      "Deployment", ResourceTypes.DEPLOYMENTS,
      "StatefulSet", ResourceTypes.STATEFUL_SETS,
      "DaemonSet", ResourceTypes.DAEMON_SETS,
      "ReplicaSet", ResourceTypes.REPLICA_SETS,
      "ReplicationController", ResourceTypes.REPLICATION_CONTROLLERS);

  private Targets() {}

  /** The target with its namespace filled in and the usual group of a known kind (behaviour 6.16, 18.22). */
  public static TypedObjectReference resolve(BackupConfiguration configuration) {
    return resolve(configuration.getSpec().target(), configuration.getMetadata().getNamespace());
  }

  public static TypedObjectReference resolve(TypedObjectReference target, String namespace) {
    return Target.of(target, namespace).reference();
  }

  public static ResourceKey key(TypedObjectReference resolved) {
    return new ResourceKey(resolved.namespace(), resolved.name());
  }

  /** The whole object as a tree; empty if it does not exist or is of a kind that holds no claims we know of. */
  public static Future<Optional<JsonNode>> read(KubeClient kube, TypedObjectReference resolved) {
    ResourceType<? extends HasMetadata> type = KINDS.get(resolved.kind());
    return type == null ? Future.succeededFuture(Optional.empty())
        : kube.find(type, key(resolved)).map(found -> found.map(Json.MAPPER::<JsonNode>valueToTree));
  }
}
