package io.snapstash.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.snapstash.api.Json;
import io.snapstash.bus.Bus;
import io.snapstash.bus.StatusChanged;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.MergePatch;
import io.snapstash.kube.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a status if, and only if, something differs, and tells the bus afterwards. The patch names the resource
 * version it was decided on: lists such as conditions are replaced whole, so a stale writer would undo another's work.
 */
public final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger("decision");

  private final Vertx vertx;
  private final KubeClient kube;
  private final Time time;
  private final Consumer<io.fabric8.kubernetes.api.model.HasMetadata> observer;

  public Statuses(Vertx vertx, KubeClient kube, Time time,
      Consumer<io.fabric8.kubernetes.api.model.HasMetadata> observer) {
    this.vertx = vertx;
    this.kube = kube;
    this.time = time;
    this.observer = observer;
  }

  public <S, T extends CustomResource<?, S>> Future<Void> write(
      Reconciliation run, ResourceType<T> type, T object, S desired, String reason) {
    JsonNode before = tree(object.getStatus());
    JsonNode after = tree(desired);
    Optional<ObjectNode> difference = MergePatch.between(before, after);
    if (difference.isEmpty()) {
      LOG.debug("settled {} reason={}", run, reason);
      return Future.succeededFuture();
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", object.getMetadata().getResourceVersion());
    patch.set("status", difference.get());
    String from = before.path("phase").asText("");
    String to = after.path("phase").asText("");
    return kube.patchStatus(type, run.key(), patch).map(written -> {
      observer.accept(written);
      LOG.info("decision {} phase={} reason={}", run, from.equals(to) ? to : from + ">" + to, reason);
      Bus.publish(vertx, new StatusChanged(type.kind(), run.key(), to, reason, time.now()));
      return null;
    });
  }

  private static JsonNode tree(Object status) {
    return status == null ? JsonNodeFactory.instance.objectNode() : Json.MAPPER.valueToTree(status);
  }
}
