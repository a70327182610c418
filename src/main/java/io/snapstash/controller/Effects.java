package io.snapstash.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs effects one after another and hands every answer to the caches. Stops at the first that fails. */
public final class Effects {
  private static final Logger LOG = LoggerFactory.getLogger(Effects.class);
  private static final int LONGEST_MESSAGE = 1000;

  private final KubeClient kube;
  private final Time time;
  private final Consumer<HasMetadata> observer;

  public Effects(KubeClient kube, Time time, Consumer<HasMetadata> observer) {
    this.kube = kube;
    this.time = time;
    this.observer = observer;
  }

  /** Fails with an {@link EffectFailure}. */
  public Future<Void> perform(List<Effect> effects) {
    Future<Void> done = Future.succeededFuture();
    for (Effect effect : effects) {
      done = done.compose(_ -> perform(effect)
          .recover(failure -> Future.failedFuture(new EffectFailure(effect, failure))));
    }
    return done;
  }

  private Future<Void> perform(Effect effect) {
    return switch (effect) {
      case Effect.Create create -> create(create.type(), create);
      case Effect.Patch patch -> kube.patch(patch.type(), patch.key(), patch.patch()).map(this::observed);
      case Effect.PatchStatus patch -> kube.patchStatus(patch.type(), patch.key(), patch.patch()).map(this::observed);
      case Effect.Delete delete -> kube.deleteIfPresent(delete.type(), delete.key(), delete.options());
      case Effect.Tell tell -> tell(tell.notice());
    };
  }

  private <T extends HasMetadata> Future<Void> create(ResourceType<T> type, Effect.Create create) {
    return kube.create(type, create.namespace(), create.body()).map(this::observed).recover(failure ->
        KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? kube.get(type, create.key()).compose(found -> adopt(create, found))
            : Future.failedFuture(failure));
  }

  private Future<Void> adopt(Effect.Create create, HasMetadata found) {
    if (!create.proof().accepts(found)) {
      return Future.failedFuture(isOnItsWayOut(create, found)
          ? new EffectFailure.NotGoneYet() : new EffectFailure.NotOurs());
    }
    return Future.succeededFuture(observed(found));
  }

  /** It is being deleted, or its owner bore the same name as ours and has been replaced. */
  private static boolean isOnItsWayOut(Effect.Create create, HasMetadata found) {
    JsonNode owner = create.body().at("/metadata/ownerReferences/0");
    return Metadata.isDeleting(found) || found.getMetadata().getOwnerReferences().stream()
        .anyMatch(former -> former.getKind().equals(owner.path("kind").asText())
            && former.getName().equals(owner.path("name").asText())
            && !former.getUid().equals(owner.path("uid").asText()));
  }

  private Void observed(HasMetadata answer) {
    observer.accept(answer);
    return null;
  }

  private Future<Void> tell(Notice notice) {
    String namespace = notice.about().namespace().isEmpty() ? "default" : notice.about().namespace();
    return kube.create(ResourceTypes.EVENTS, namespace, event(notice, namespace)).<Void>mapEmpty()
        .otherwise(failure -> {
          if (!KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)) {
            LOG.warn("event not told about={} reason={} cause=\"{}\"", notice.about(), notice.reason(),
                failure.getMessage());
          }
          return null;
        });
  }

  private ObjectNode event(Notice notice, String namespace) {
    String now = time.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String identity = notice.uid() + notice.reason() + notice.message();
    String hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 16)
        .replace("-", "");
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("namespace", namespace).put("name", shortened(notice.about().name()) + "." + hash);
    event.putObject("involvedObject").put("apiVersion", notice.apiVersion()).put("kind", notice.kind())
        .put("namespace", notice.about().namespace()).put("name", notice.about().name()).put("uid", notice.uid());
    event.put("type", notice.warning() ? "Warning" : "Normal").put("reason", notice.reason())
        .put("message", cut(notice.message())).put("count", 1).put("firstTimestamp", now).put("lastTimestamp", now);
    event.putObject("source").put("component", "snapstash");
    event.put("reportingComponent", "snapstash").put("reportingInstance", "snapstash");
    return event;
  }

  private static String shortened(String name) {
    return name.length() > 230 ? name.substring(0, 230).replaceAll("[-.]+$", "") : name;
  }

  private static String cut(String message) {
    return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
  }

  static ResourceKey keyOf(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
