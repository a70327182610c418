package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.PassFailure;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local copy of the selected objects of one kind: listed once, then followed by a watch that is renewed for ever.
 * After a gap it lists again and tells the differences, so a lost event does not matter.
 *
 * <p>It may be read, and told of own writes by {@link #observe}, from any thread; so it is never older than those
 * writes. Listeners are called one at a time and must only pass on what they are told. What comes out is shared: never
 * change it.
 */
public final class Cache<T extends HasMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
  private static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);
  /** A server sends a bookmark about once a minute when nothing happens. */
  private static final Duration SILENCE = Duration.ofSeconds(150);
  private static final Duration DEAD = SHORTEST_WATCH.multipliedBy(4);
  private static final Duration TOO_SHORT = Duration.ofSeconds(1);

  private final KubeClient client;
  private final ResourceType<T> type;
  private final Selection selection;
  private final Executor context;
  private final Time time;
  private final Backoff backoff;
  private final Map<ResourceKey, T> objects = new ConcurrentHashMap<>();
  private final List<Index<T>> indexes = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Optional<T>, Optional<T>>> listeners = new CopyOnWriteArrayList<>();
  private Consumer<T> unneeded = _ -> { };
  private final Promise<Void> synced = Promise.promise();
  private String version = "";
  private int failures;
  private volatile boolean closed;
  private volatile boolean following;
  private volatile Instant stirred = Instant.MAX;
  private Cancellable watch = () -> { };
  private Cancellable timer = () -> { };

  public Cache(KubeClient client, ResourceType<T> type, Selection selection, Context context, Time time,
      Backoff backoff) {
    this(client, type, selection, action -> context.runOnContext(_ -> action.run()), time, backoff);
  }

  /** For programs without Vert.x: the executor runs one action at a time, in order. */
  public Cache(KubeClient client, ResourceType<T> type, Selection selection, Executor context, Time time,
      Backoff backoff) {
    this.client = client;
    this.type = type;
    this.selection = selection;
    this.context = context;
    this.time = time;
    this.backoff = backoff;
  }

  public ResourceType<T> type() {
    return type;
  }

  /** Called with the object before and after each change, both present on an update. */
  public Cache<T> onChange(BiConsumer<Optional<T>, Optional<T>> listener) {
    listeners.add(listener);
    return this;
  }

  /** Takes out of every object what nobody will ask for, before it is kept. To be said before {@link #start}. */
  public Cache<T> without(Consumer<T> parts) {
    unneeded = parts;
    return this;
  }

  /** To be asked for before {@link #start}. */
  public Index<T> index(Function<T, List<String>> values) {
    Index<T> index = new Index<>(values, this::get);
    indexes.add(index);
    return index;
  }

  /** Completes when the first list is in. Trouble on the way is logged and tried again, without end. */
  public Future<Void> start() {
    context.execute(this::list);
    return synced.future();
  }

  public void close() {
    closed = true;
    context.execute(() -> {
      watch.cancel();
      timer.cancel();
    });
  }

  public boolean isSynced() {
    return synced.future().isComplete();
  }

  /** Whether a watch is open right now; short gaps are normal. */
  public boolean isFollowing() {
    return following;
  }

  /**
   * Whether it has done nothing for so long that it will never do anything again: a watch is renewed or retried well
   * within this time, also while no API server answers.
   */
  public boolean hasStopped() {
    Instant last = stirred;
    return !closed && !last.equals(Instant.MAX) && time.now().isAfter(last.plus(DEAD));
  }

  public Optional<T> get(ResourceKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  public Collection<T> all() {
    return objects.values();
  }

  /**
   * Takes the answer of an own write, unless list or watch have come that far already: an answer that is overtaken by
   * the news that its object is gone must not bring the object back.
   */
  public synchronized void observe(T written) {
    if (version.isEmpty() || Versions.newer(written, version)) {
      put(written);
    }
  }

  private void list() {
    if (closed) {
      return;
    }
    stirred = time.now();
    client.listVersioned(type, selection).onComplete(result -> context.execute(() -> {
      if (closed) {
        return;
      }
      if (result.failed()) {
        later(result.cause().getMessage(), asked(result.cause()), this::list);
        return;
      }
      failures = 0;
      replaceAll(result.result().resourceVersion(), result.result().items());
      synced.tryComplete();
      follow();
    }));
  }

  private synchronized void replaceAll(String listed, List<T> items) {
    if (Versions.older(listed, version)) {
      LOG.warn("the server went back in time kind={} from={} to={}", type.kind(), version, listed);
      Set.copyOf(objects.keySet()).forEach(key -> remove(key, Optional.empty()));
    }
    version = listed;
    Set<ResourceKey> gone = new HashSet<>(objects.keySet());
    for (T item : items) {
      gone.remove(keyOf(item));
      put(item);
    }
    gone.stream().filter(this::knownToTheList).forEach(key -> remove(key, Optional.empty()));
  }

  /** What we wrote after the list was taken is missing there, yet not gone. */
  private boolean knownToTheList(ResourceKey key) {
    return get(key).filter(object -> !Versions.newer(object, version)).isPresent();
  }

  private void follow() {
    if (closed) {
      return;
    }
    Duration lifetime = SHORTEST_WATCH.plusSeconds((long) (backoff.chance().getAsDouble() * SHORTEST_WATCH.toSeconds()));
    following = true;
    stirred = time.now();
    Listener listener = new Listener();
    watch = client.watch(type, selection, version, lifetime, listener);
    listener.listen(SILENCE);
  }

  /** Only a server out of reach leaves the version worth going on from; after other refusals a list tells the truth. */
  private void ended(Optional<KubeFailure> failure, boolean fruitless) {
    following = false;
    timer.cancel();
    if (closed) {
      return;
    }
    if (failure.isEmpty() && fruitless) {
      later("the server ended it at once", Duration.ZERO, this::follow);
    } else if (failure.isEmpty()) {
      failures = 0;
      follow();
    } else if (failure.get().kind() == KubeFailure.Kind.GONE) {
      LOG.info("watch too old kind={} version={} next=list", type.kind(), version);
      list();
    } else {
      later(failure.get().getMessage(), asked(failure.get()), switch (failure.get().kind()) {
        case UNREACHABLE, THROTTLED, UNAUTHORIZED, FORBIDDEN -> this::follow;
        default -> this::list;
      });
    }
  }

  private static Duration asked(Throwable failure) {
    return failure instanceof PassFailure known ? known.askedDelay().orElse(Duration.ZERO) : Duration.ZERO;
  }

  /** @param least what the server asked to wait */
  private void later(String cause, Duration least, Runnable next) {
    stirred = time.now();
    client.telemetry().watchRestart(type.kind());
    failures++;
    Duration own = backoff.after(failures);
    Duration delay = own.compareTo(least) < 0 ? least : own;
    LOG.warn("watch interrupted kind={} failures={} delay={} cause=\"{}\"", type.kind(), failures, delay, cause);
    timer = time.schedule(delay, () -> context.execute(() -> next.run()));
  }

  private synchronized void take(WatchEvent<T> event) {
    switch (event) {
      case WatchEvent.Present<T>(T object) -> {
        version = object.getMetadata().getResourceVersion();
        put(object);
      }
      case WatchEvent.Gone<T>(T object) -> {
        version = object.getMetadata().getResourceVersion();
        remove(keyOf(object), Optional.of(object));
      }
      case WatchEvent.Bookmark<T>(String upTo) -> version = upTo;
    }
  }

  private synchronized void put(T object) {
    slim(object);
    ResourceKey key = keyOf(object);
    T before = objects.get(key);
    if (before != null && (Versions.older(object, before) || sameVersion(object, before))) {
      return;
    }
    objects.put(key, object);
    for (Index<T> index : indexes) {
      if (before != null) {
        index.remove(key, before);
      }
      index.add(key, object);
    }
    tell(Optional.ofNullable(before), Optional.of(object));
  }

  private synchronized void remove(ResourceKey key, Optional<T> last) {
    T before = objects.get(key);
    if (before == null || last.isPresent() && Versions.older(last.get(), before)) {
      return;
    }
    objects.remove(key);
    indexes.forEach(index -> index.remove(key, before));
    tell(Optional.of(before), Optional.empty());
  }

  private void tell(Optional<T> before, Optional<T> after) {
    for (BiConsumer<Optional<T>, Optional<T>> listener : listeners) {
      try {
        listener.accept(before, after);
      } catch (RuntimeException bug) {
        LOG.error("change not passed on kind={}", type.kind(), bug);
      }
    }
  }

  private static boolean sameVersion(HasMetadata one, HasMetadata other) {
    return one.getMetadata().getResourceVersion().equals(other.getMetadata().getResourceVersion());
  }

  private static ResourceKey keyOf(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private void slim(T object) {
    unneeded.accept(object);
    object.getMetadata().setManagedFields(null);
    if (object.getMetadata().getAnnotations() != null) {
      object.getMetadata().getAnnotations().remove("kubectl.kubernetes.io/last-applied-configuration");
    }
  }

  /** One watch; what arrives after it was given up is ignored. */
  private final class Listener implements WatchListener<T> {
    private final Instant opened = time.now();
    private Instant heard = opened;
    private boolean fruitful;
    private boolean over;

    @Override
    public void on(WatchEvent<T> event) {
      context.execute(() -> {
        if (over || closed) {
          return;
        }
        failures = 0;
        fruitful = true;
        heard = time.now();
        take(event);
      });
    }

    @Override
    public void closed(Optional<KubeFailure> failure) {
      context.execute(() -> {
        if (!over) {
          over = true;
          ended(failure, !fruitful && time.now().isBefore(opened.plus(TOO_SHORT)));
        }
      });
    }

    private void listen(Duration patience) {
      timer = time.schedule(patience, () -> context.execute(this::check));
    }

    /** A connection that neither speaks nor ends is half open: nobody else would ever notice. */
    private void check() {
      if (over || Cache.this.closed) {
        return;
      }
      Duration left = Duration.between(time.now(), heard.plus(SILENCE));
      if (left.isPositive()) {
        listen(left);
      } else {
        over = true;
        watch.cancel();
        following = false;
        LOG.info("watch silent kind={} version={} next=list", type.kind(), version);
        list();
      }
    }
  }
}
