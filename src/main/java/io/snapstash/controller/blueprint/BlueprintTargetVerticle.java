package io.snapstash.controller.blueprint;

import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.Effect;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.TakesOver;
import io.snapstash.domain.blueprint.BlueprintRequest;
import io.snapstash.domain.target.Target;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.WorkQueue;
import io.snapstash.kube.Cache;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps the BackupConfigurations of the annotated objects of one kind (behaviour 13). It follows the metadata that the
 * operator follows anyway, so a cluster without blueprints pays for nothing. Keys are the objects; one that is gone, or
 * has lost its annotations, is still a key as long as a BackupConfiguration names it.
 */
public final class BlueprintTargetVerticle extends AbstractVerticle implements TakesOver {
  private final Operator operator;
  private final Cache<ObjectMetadata> objects;
  private final ResourceType<ObjectMetadata> type;
  private WorkQueue queue;

  public BlueprintTargetVerticle(Operator operator, Cache<ObjectMetadata> objects) {
    this.operator = operator;
    this.objects = objects;
    this.type = objects.type();
  }

  @Override
  public void start() {
    ControllerSettings settings = operator.settings();
    queue = new WorkQueue("Blueprint" + type.kind(), context, operator.time(),
        new Backoff(settings.retryInitial(), settings.retryMax(), settings.chance()), settings.parallel(), this::pass);
    Caches caches = operator.caches();
    objects.onChange((before, after) -> {
      if (!asks(before).equals(asks(after))) {
        after.or(() -> before).ifPresent(object -> offer(Metadata.key(object), "watch"));
      }
    });
    caches.blueprints.onChange((before, after) -> Stream.concat(before.stream(), after.stream())
        .map(Metadata::key).distinct().flatMap(this::using).distinct().forEach(key -> offer(key, "BackupBlueprint")));
    caches.configurations.onChange((before, after) -> {
      if (!says(before).equals(says(after))) {
        Stream.concat(before.stream(), after.stream()).flatMap(this::madeFor).distinct()
            .forEach(key -> offer(key, "BackupConfiguration"));
      }
    });
    caches.namespaces.onChange((before, after) -> {
      if (!words(before).equals(words(after))) {
        annotated().forEach(object -> offer(Metadata.key(object), "Namespace"));
      }
    });
    offerAll("start");
  }

  @Override
  public void takeOver() {
    offerAll("leader");
  }

  private void offerAll(String trigger) {
    annotated().forEach(object -> offer(Metadata.key(object), trigger));
    operator.caches().configurations.all().stream().flatMap(this::madeFor).distinct()
        .forEach(key -> offer(key, trigger));
  }

  @Override
  public void stop(Promise<Void> stopped) {
    queue.drain(stopped::complete);
  }

  private void offer(ResourceKey key, String trigger) {
    queue.offer(key, trigger);
  }

  private Future<Requeue> pass(Reconciliation run) {
    if (!operator.fence().isOpen()) {
      return Future.succeededFuture(Requeue.settled());
    }
    List<Effect> effects = BlueprintRules.decide(
        facts(run.key(), objects.get(run.key()), operator.caches().blueprints::get));
    return (effects.stream().anyMatch(Effect.Delete.class::isInstance)
        ? again(run.key()) : Future.succeededFuture(effects))
        .compose(operator.effects()::perform).map(Requeue.settled())
        .recover(failure -> failure instanceof EffectFailure known && !known.retryHelps()
            ? refused(run.key(), known) : Future.failedFuture(failure));
  }

  /** What the API server does not take, as a name or a schedule that is none, waits for somebody to change it. */
  private Future<Requeue> refused(ResourceKey key, EffectFailure failure) {
    return operator.effects().perform(BlueprintRules.tell(
        facts(key, objects.get(key), operator.caches().blueprints::get), "BlueprintRefused", failure.getMessage()))
        .map(Requeue.settled());
  }

  /** A cache that has just been told less than the truth must not cost anybody a backup: the server has the last word. */
  private Future<List<Effect>> again(ResourceKey key) {
    return operator.kube().find(type, key).compose(object -> object.flatMap(BlueprintTargetVerticle::blueprint)
        .map(named -> operator.kube().find(ResourceTypes.BACKUP_BLUEPRINTS, named))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(blueprint -> BlueprintRules.decide(facts(key, object, _ -> blueprint))));
  }

  private BlueprintFacts facts(ResourceKey key, Optional<ObjectMetadata> object,
      Function<ResourceKey, Optional<BackupBlueprint>> blueprints) {
    Caches caches = operator.caches();
    Optional<ObjectMetadata> living = object.filter(found -> !Metadata.isDeleting(found));
    Target target = new Target(type.group(), type.kind(), key.namespace(), key.name());
    List<BackupConfiguration> generated = caches.configurationsByBlueprintTarget.get(Generated.targetText(target))
        .stream().filter(each -> madeFor(each).anyMatch(key::equals)).toList();
    return new BlueprintFacts(target, type.apiVersion(),
        living, living.flatMap(BlueprintTargetVerticle::blueprint).flatMap(blueprints)
            .filter(found -> !Metadata.isDeleting(found) && found.getSpec() != null),
        generated, caches.configurations::get, name -> caches.namespaces.get(ResourceKey.clusterScoped(name)));
  }

  private static Optional<ResourceKey> blueprint(ObjectMetadata object) {
    return BlueprintRequest.of(Metadata.annotations(object)).filter(BlueprintRequest::isComplete)
        .map(request -> new ResourceKey(request.namespace(), request.name()));
  }

  private Stream<ObjectMetadata> annotated() {
    return objects.all().stream().filter(object -> BlueprintRequest.of(Metadata.annotations(object)).isPresent());
  }

  /** The objects that name the blueprint, and those that something was made for by it. */
  private Stream<ResourceKey> using(ResourceKey blueprint) {
    return Stream.concat(
        objects.all().stream().filter(object -> blueprint(object).filter(blueprint::equals).isPresent())
            .map(Metadata::key),
        operator.caches().configurations.all().stream()
            .filter(each -> Generated.of(each).filter(made -> made.blueprint().equals(blueprint.toString())).isPresent())
            .flatMap(this::madeFor));
  }

  private Stream<ResourceKey> madeFor(BackupConfiguration configuration) {
    return Generated.of(configuration).filter(made -> made.kind().equals(type.kind())).stream()
        .map(made -> new ResourceKey(made.namespace(), made.name()));
  }

  private static Object asks(Optional<ObjectMetadata> object) {
    return object.filter(found -> !Metadata.isDeleting(found))
        .flatMap(found -> BlueprintRequest.of(Metadata.annotations(found)));
  }

  private static Object says(Optional<BackupConfiguration> configuration) {
    return configuration.map(found -> List.of(Metadata.labels(found), Metadata.annotations(found),
        Metadata.isDeleting(found), Optional.ofNullable(found.getSpec())));
  }

  private static Object words(Optional<ObjectMetadata> namespace) {
    return namespace.map(found -> List.of(Metadata.labels(found), Metadata.annotations(found)));
  }
}
