package io.snapstash.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Follows many objects by one watch per namespace and tells each waiter when its object has come as far as it wants.
 * Watches that end, or lose their place, are renewed. At the deadline every waiter fails.
 */
final class Lookout<T extends HasMetadata> implements AutoCloseable {
  static final String TOO_LATE = "deadline exceeded";

  private final Time time;
  private final Map<String, Cache<T>> caches = new HashMap<>();
  private final Map<ResourceKey, List<Waiter<?>>> waiters = new HashMap<>();
  private final ExecutorService order = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("lookout").factory());
  private final Cancellable alarm;
  private boolean late;

  private final class Waiter<R> {
    private final Function<Optional<T>, Optional<R>> question;
    private final Promise<R> answer = Promise.promise();

    Waiter(Function<Optional<T>, Optional<R>> question) {
      this.question = question;
    }

    boolean ask(Optional<T> object) {
      Optional<R> answered = question.apply(object);
      answered.ifPresent(answer::tryComplete);
      return answered.isPresent();
    }
  }

  Lookout(KubeClient kube, ResourceType<T> type, List<String> namespaces, Selection selection, Time time,
      Instant deadline) {
    this.time = time;
    for (String namespace : namespaces) {
      Cache<T> cache = new Cache<>(kube, type, selection.within(namespace), order, time, Patience.backoff());
      caches.put(namespace, cache.onChange((before, after) -> changed(after.or(() -> before).orElseThrow(), after)));
    }
    alarm = time.schedule(Duration.between(time.now(), deadline), this::giveUp);
  }

  /** Completes when every namespace has been listed. */
  Future<Void> start() {
    return Future.all(caches.values().stream().map(Cache::start).toList()).mapEmpty();
  }

  List<T> all() {
    return caches.values().stream().flatMap(cache -> cache.all().stream()).toList();
  }

  Optional<T> find(ResourceKey key) {
    return caches.get(key.namespace()).get(key);
  }

  /** Takes an object that was just written, so that it is not missed by who asks next. */
  void observe(T written) {
    caches.get(written.getMetadata().getNamespace()).observe(written);
  }

  /** Asks the question now and at every change until it has an answer. An object that is not there is empty. */
  <R> Future<R> until(ResourceKey key, Function<Optional<T>, Optional<R>> question) {
    Waiter<R> waiter = new Waiter<>(question);
    synchronized (this) {
      if (late) {
        return Future.failedFuture(TOO_LATE);
      }
      if (!waiter.ask(caches.get(key.namespace()).get(key))) {
        waiters.computeIfAbsent(key, _ -> new ArrayList<>()).add(waiter);
      }
    }
    return waiter.answer.future();
  }

  private void changed(T object, Optional<T> now) {
    ResourceKey key = new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
    synchronized (this) {
      Optional.ofNullable(waiters.get(key)).ifPresent(list -> list.removeIf(waiter -> waiter.ask(now)));
    }
  }

  private void giveUp() {
    List<Waiter<?>> left;
    synchronized (this) {
      late = true;
      left = waiters.values().stream().flatMap(List::stream).toList();
      waiters.clear();
    }
    left.forEach(waiter -> waiter.answer.tryFail(TOO_LATE));
  }

  @Override
  public void close() {
    alarm.cancel();
    caches.values().forEach(Cache::close);
    order.shutdown();
  }
}
