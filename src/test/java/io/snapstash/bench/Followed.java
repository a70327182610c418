package io.snapstash.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The objects of one kind as a watch shows them, and a way to wait until something has come true of them. */
final class Followed<T extends HasMetadata> implements AutoCloseable {
  private static final long LIMIT_SECONDS = 300;

  private final Cache<T> cache;
  private final ExecutorService order = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("followed").factory());
  private final Map<CompletableFuture<Void>, Predicate<Collection<T>>> waiting = new ConcurrentHashMap<>();

  private Followed(KubeClient client, ResourceType<T> type, Time time) {
    cache = new Cache<>(client, type, Selection.EVERYTHING, order, time,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 0));
  }

  /** Returns once everything has been listed; the listener hears of every object that is new or has changed. */
  static <T extends HasMetadata> Followed<T> start(
      KubeClient client, ResourceType<T> type, Time time, Consumer<T> listener) {
    Followed<T> followed = new Followed<>(client, type, time);
    followed.cache.onChange((_, after) -> {
      after.ifPresent(listener);
      followed.look();
    });
    followed.cache.start().toCompletionStage().toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    return followed;
  }

  /** Waits, five minutes at most. */
  void await(String what, Predicate<Collection<T>> condition) {
    CompletableFuture<Void> come = new CompletableFuture<>();
    waiting.put(come, condition);
    order.execute(this::look);
    try {
      come.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (RuntimeException late) {
      throw new IllegalStateException(cache.type().kind() + " not " + what + " after " + LIMIT_SECONDS + " s", late);
    } finally {
      waiting.remove(come);
    }
  }

  List<T> all() {
    return List.copyOf(cache.all());
  }

  private void look() {
    waiting.forEach((come, condition) -> {
      if (condition.test(cache.all())) {
        come.complete(null);
      }
    });
  }

  @Override
  public void close() {
    cache.close();
    order.shutdown();
  }
}
