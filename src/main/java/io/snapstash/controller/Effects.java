package io.snapstash.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.hook.HookDesk;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Performs effects one after another and hands every answer to the caches. Stops at the first that fails. */
public final class Effects {
  private final KubeClient kube;
  private final Events events;
  private final HookDesk hooks;
  private final Consumer<HasMetadata> observer;

  public Effects(KubeClient kube, Time time, HookDesk hooks, Consumer<HasMetadata> observer) {
    this.kube = kube;
    this.hooks = hooks;
    this.events = new Events(kube, time);
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
      case Effect.Tell tell -> events.tell(tell.notice());
      case Effect.AnnounceHook hook -> {
        hooks.announce(hook.key());
        yield Future.succeededFuture();
      }
      case Effect.StartHook hook -> {
        hooks.start(hook.order());
        yield Future.succeededFuture();
      }
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

  static ResourceKey keyOf(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
