package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.PassFailure;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.WorkQueue;
import io.snapstash.kube.Cache;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The frame of a kind's verticle: changes of the kind itself and of what it depends on become keys in its queue, the
 * queue calls {@link #reconcile}. Deployed once the caches are in sync.
 */
public abstract class KindVerticle<T extends HasMetadata> extends AbstractVerticle implements TakesOver {
  /** With the usual back-off, some five minutes of attempts. */
  private static final int FAILURES_BEFORE_WORDS = 6;

  protected final Operator operator;
  private final Cache<T> cache;
  /** Failed passes in a row. */
  private final Map<ResourceKey, Integer> failures = new ConcurrentHashMap<>();
  private volatile WorkQueue queue;

  protected KindVerticle(Operator operator, Cache<T> cache) {
    this.operator = operator;
    this.cache = cache;
  }

  /** Says by {@link #wake} which changes elsewhere concern which keys. */
  protected abstract void listen();

  /** One pass. A failed future is tried again with growing delay. */
  protected abstract Future<Requeue> reconcile(Reconciliation run, T object);

  @Override
  public void start() {
    ControllerSettings settings = operator.settings();
    Backoff backoff = new Backoff(settings.retryInitial(), settings.retryMax(), settings.chance());
    queue = new WorkQueue(cache.type().kind(), context, operator.time(), backoff, settings.parallel(), this::pass,
        operator.kube().telemetry());
    cache.onChange((before, after) ->
        after.or(() -> before).ifPresent(object -> queue.offer(Metadata.key(object), "watch")));
    listen();
    cache.all().forEach(object -> queue.offer(Metadata.key(object), "start"));
  }

  @Override
  public void stop(Promise<Void> stopped) {
    queue.drain(stopped::complete);
  }

  @Override
  public void takeOver() {
    cache.all().forEach(object -> queue.offer(Metadata.key(object), "leader"));
  }

  /** How long the longest pass under way has been running. Any thread may ask. */
  public Duration longestPass() {
    WorkQueue started = queue;
    return started == null ? Duration.ZERO : started.longestPass();
  }

  /** Marks a key as due, for changes that {@link #wake} cannot tell. */
  protected void offer(ResourceKey key, String trigger) {
    queue.offer(key, trigger);
  }

  /** Keys that a change of the other kind concerns. */
  protected <O extends HasMetadata> void wake(Cache<O> other, Function<O, Stream<ResourceKey>> concerned) {
    other.onChange((before, after) -> offer(other, before, after, concerned));
  }

  /** As above; a change of nothing but other parts of the object wakes nobody. */
  protected <O extends HasMetadata> void wake(Cache<O> other, Function<O, ?> part,
      Function<O, Stream<ResourceKey>> concerned) {
    other.onChange((before, after) -> {
      if (before.isEmpty() || after.isEmpty() || !part.apply(before.get()).equals(part.apply(after.get()))) {
        offer(other, before, after, concerned);
      }
    });
  }

  private <O extends HasMetadata> void offer(Cache<O> other, Optional<O> before, Optional<O> after,
      Function<O, Stream<ResourceKey>> concerned) {
    Stream.concat(before.stream(), after.stream()).flatMap(concerned).distinct()
        .forEach(key -> queue.offer(key, other.type().kind()));
  }

  /** What is remembered of an object is forgotten with it; told on the thread of the passes. */
  protected void whenGone(Consumer<T> forget) {
    cache.onChange((before, after) -> before.filter(_ -> after.isEmpty())
        .ifPresent(gone -> context.runOnContext(_ -> forget.accept(gone))));
  }

  /** Those that a Job on the volume of a storage is made for, or that wait for one. */
  protected void wakeByVolumeJobs() {
    wake(operator.caches().jobs, job -> operator.backends().concerned(job, cache.type().kind()));
    wake(operator.caches().jobPods, pod -> operator.caches().jobsByPod(pod)
        .flatMap(job -> operator.backends().concerned(job, cache.type().kind())));
  }

  /** The owner of a child, if it is of this kind. */
  protected Stream<ResourceKey> owner(HasMetadata child) {
    return Metadata.controller(child, cache.type().kind()).stream()
        .map(name -> new ResourceKey(child.getMetadata().getNamespace(), name));
  }

  /**
   * The schema refuses objects without a spec; one stored under an older definition asks for nothing. Who does
   * not lead looks at nothing: everything is looked at when that changes.
   */
  private Future<Requeue> pass(Reconciliation run) {
    if (!operator.fence().isOpen()) {
      return Future.succeededFuture(Requeue.settled());
    }
    return cache.get(run.key())
        .filter(object -> !(object instanceof CustomResource<?, ?> custom) || custom.getSpec() != null
            || Metadata.isDeleting(object))
        .map(object -> reconcile(run, object).onComplete(result -> count(object, result)))
        .orElseGet(() -> {
          failures.remove(run.key());
          return Future.succeededFuture(Requeue.settled());
        });
  }

  /** What keeps a pass from its end often keeps it from the status too, and an object that says nothing misleads. */
  private void count(T object, AsyncResult<Requeue> result) {
    if (result.succeeded()) {
      failures.remove(Metadata.key(object));
    } else if (result.cause() instanceof PassFailure known
        && failures.merge(Metadata.key(object), 1, Integer::sum) == FAILURES_BEFORE_WORDS) {
      operator.effects().perform(List.of(new Effect.Tell(
          Notice.warning(object, "ReconciliationFails", known.getMessage() + "; it is tried again"))));
    }
  }
}
