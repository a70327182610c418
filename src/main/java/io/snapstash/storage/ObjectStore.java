package io.snapstash.storage;

import io.snapstash.engine.Fence;
import io.snapstash.engine.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The small gateway to the objects of one BackupStorage, whatever its provider. Keys are relative to the prefix of
 * the storage. Calls never block: the work is done on virtual threads, at most maxConnections at once (removal of
 * folders: at least 10), and futures complete on the caller's Vert.x context if it has one. Every call may fail with
 * a {@link StoreFailure} and is bounded in time by the provider.
 */
public final class ObjectStore {
  private static final int REMOVERS = 10;
  private static final AtomicInteger UNDER_WAY = new AtomicInteger();
  private static final StoreFailure CLOSED =
      new StoreFailure(StoreFailure.Kind.OTHER, "the connection was closed because the storage changed");

  private final StoreProvider provider;
  private final String prefix;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int connections;
  private final Semaphore permits;
  private final Semaphore removalPermits;
  private Fence fence = Fence.OPEN;
  private volatile boolean closed;
  private volatile Telemetry telemetry = Telemetry.NONE;

  ObjectStore(StoreProvider provider, String prefix, int connections) {
    this.provider = provider;
    this.prefix = ObjectKeys.join(prefix);
    this.connections = connections;
    this.permits = new Semaphore(connections, true);
    this.removalPermits = new Semaphore(Math.max(connections, REMOVERS), true);
  }

  /** From now on writes fail with {@link Fence.Shut} if the fence is not open when they are sent. */
  ObjectStore behind(Fence barrier) {
    fence = barrier;
    return this;
  }

  void reportTo(Telemetry listener) {
    telemetry = listener;
  }

  /** Calls of all stores of this process that have not been answered yet. */
  public static int underWay() {
    return UNDER_WAY.get();
  }

  /** The normalised prefix; empty if the storage begins at the root of its bucket or volume. */
  public String prefix() {
    return prefix;
  }

  /** Empty if there is no such object. */
  public Future<Optional<StoredObject>> get(String key) {
    return limited("get", permits, () -> provider.get(whole(key)));
  }

  /** The new entity tag. */
  public Future<String> put(String key, byte[] content, PutCondition condition) {
    return limited("put", permits, () -> {
      fence.check();
      return provider.put(whole(key), content, condition);
    });
  }

  /** A missing object is success. */
  public Future<Void> delete(String key) {
    return limited("delete", permits, () -> {
      fence.check();
      provider.delete(whole(key));
      return null;
    });
  }

  /**
   * All keys inside the folder, at any depth, without those that end in {@code /}. Page after page is handed over as
   * it arrives, and the next one is asked for when the last is dealt with; completes with the number of keys.
   */
  public Future<Long> list(String folder, Function<List<String>, Future<?>> page) {
    return pages(folder, Optional.empty(), 0, keys -> {
      List<String> own = keys.stream().filter(key -> !key.endsWith("/")).map(this::relative).toList();
      return page.apply(own).map((long) own.size());
    });
  }

  /** All keys inside the folder, for folders that are known to be small. */
  public Future<List<String>> list(String folder) {
    List<String> all = new ArrayList<>();
    return list(folder, keys -> {
      all.addAll(keys);
      return Future.succeededFuture();
    }).map(_ -> List.copyOf(all));
  }

  /** Removes what is inside the folder, with its markers; completes with the number of removed keys. */
  public Future<Long> deleteFolder(String folder) {
    return deleteFolder(folder, _ -> true);
  }

  /** Removes only the keys (relative to the prefix) that the filter lets through. */
  public Future<Long> deleteFolder(String folder, Predicate<String> which) {
    return pages(folder, Optional.empty(), 0, keys -> {
      List<Future<Void>> removals = keys.stream().filter(key -> which.test(relative(key)))
          .map(this::remove).toList();
      return Future.join(removals).map((long) removals.size());
    });
  }

  /** Lets running calls end, then drops connections and credentials. Later calls fail. */
  public Future<Void> close() {
    closed = true;
    return hop(() -> {
      permits.acquireUninterruptibly(connections);
      removalPermits.acquireUninterruptibly(Math.max(connections, REMOVERS));
      provider.close();
      // Those that still wait shall see that it is closed.
      permits.release(connections);
      removalPermits.release(Math.max(connections, REMOVERS));
      return null;
    });
  }

  private Future<Long> pages(String folder, Optional<String> from, long before,
      Function<List<String>, Future<Long>> page) {
    return limited("list", permits, () -> provider.list(ObjectKeys.inside(whole(folder)), from))
        .compose(found -> page.apply(found.keys()).compose(count -> found.next().isEmpty()
            ? Future.succeededFuture(before + count)
            : pages(folder, found.next(), before + count, page)));
  }

  /** Takes the key as it was listed: normalised, it might be another one. */
  private Future<Void> remove(String key) {
    return limited("delete", removalPermits, () -> {
      fence.check();
      provider.delete(key);
      return null;
    });
  }

  private <T> Future<T> limited(String operation, Semaphore budget, Callable<T> call) {
    if (closed) {
      return Future.failedFuture(CLOSED);
    }
    return hop(() -> {
      budget.acquire();
      try {
        if (closed) {
          throw CLOSED;
        }
        return measured(operation, call);
      } finally {
        budget.release();
      }
    });
  }

  private <T> T measured(String operation, Callable<T> call) throws Exception {
    long begin = System.nanoTime();
    boolean succeeded = false;
    try {
      T result = call.call();
      succeeded = true;
      return result;
    } finally {
      telemetry.storageRequest(operation, succeeded, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private <T> Future<T> hop(Callable<T> call) {
    Optional<Context> caller = Optional.ofNullable(Vertx.currentContext());
    Promise<T> promise = Promise.promise();
    UNDER_WAY.incrementAndGet();
    promise.future().onComplete(_ -> UNDER_WAY.decrementAndGet());
    threads.execute(() -> {
      Runnable outcome = outcome(call, promise);
      caller.ifPresentOrElse(context -> context.runOnContext(_ -> outcome.run()), outcome);
    });
    return promise.future();
  }

  private static <T> Runnable outcome(Callable<T> call, Promise<T> promise) {
    try {
      T result = call.call();
      return () -> promise.complete(result);
    } catch (Throwable failure) {
      return () -> promise.fail(failure);
    }
  }

  private String whole(String key) {
    return ObjectKeys.join(prefix, key);
  }

  private String relative(String key) {
    return key.substring(ObjectKeys.inside(prefix).length());
  }
}
