package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
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
import java.util.stream.Collectors;
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

  private final ResourceType<T> type;
  private final List<Reflector<T>> reflectors;
  private final Map<ResourceKey, T> objects = new ConcurrentHashMap<>();
  private final List<Index<T>> indexes = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Optional<T>, Optional<T>>> listeners = new CopyOnWriteArrayList<>();
  private Consumer<T> unneeded = _ -> { };

  public Cache(KubeClient client, ResourceType<T> type, Selection selection, Context context, Time time,
      Backoff backoff) {
    this(client, type, List.of(selection), context, time, backoff);
  }

  /** One that follows several selections, of which none holds an object of another; for instance namespaces. */
  public Cache(KubeClient client, ResourceType<T> type, List<Selection> selections, Context context, Time time,
      Backoff backoff) {
    this(client, type, selections, action -> context.runOnContext(_ -> action.run()), time, backoff);
  }

  /** For programs without Vert.x: the executor runs one action at a time, in order. */
  public Cache(KubeClient client, ResourceType<T> type, Selection selection, Executor context, Time time,
      Backoff backoff) {
    this(client, type, List.of(selection), context, time, backoff);
  }

  private Cache(KubeClient client, ResourceType<T> type, List<Selection> selections, Executor context, Time time,
      Backoff backoff) {
    this.type = type;
    Reflector.Terms<T> terms = new Reflector.Terms<>(client, type, context, time, backoff);
    this.reflectors = selections.stream().map(selection -> new Reflector<>(terms, selection, new Reflector.Sink<T>() {
      @Override
      public void listed(Reflector<T> from, String listed, List<T> items) {
        replaceAll(from, listed, items);
      }

      @Override
      public void event(Reflector<T> from, WatchEvent<T> event) {
        take(from, event);
      }
    })).toList();
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

  /** Completes when the first lists are in. Trouble on the way is logged and tried again, without end. */
  public Future<Void> start() {
    return Future.all(reflectors.stream().map(Reflector::start).toList()).mapEmpty();
  }

  public void close() {
    reflectors.forEach(Reflector::close);
  }

  public boolean isSynced() {
    return reflectors.stream().allMatch(Reflector::isSynced);
  }

  /** Whether its watches are open right now; short gaps are normal. */
  public boolean isFollowing() {
    return reflectors.stream().allMatch(Reflector::isFollowing);
  }

  /**
   * Whether it has done nothing for so long that it will never do anything again: a watch is renewed or retried well
   * within this time, also while no API server answers.
   */
  public boolean hasStopped() {
    return reflectors.stream().anyMatch(Reflector::hasStopped);
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
    follower(keyOf(written)).map(Reflector::version)
        .filter(version -> version.isEmpty() || Versions.newer(written, version)).ifPresent(_ -> put(written));
  }

  private Optional<Reflector<T>> follower(ResourceKey key) {
    return reflectors.stream().filter(each -> each.covers(key)).findFirst();
  }

  private synchronized void replaceAll(Reflector<T> from, String listed, List<T> items) {
    Set<ResourceKey> gone = objects.keySet().stream().filter(from::covers).collect(Collectors.toCollection(HashSet::new));
    if (Versions.older(listed, from.version())) {
      LOG.warn("the server went back in time kind={} from={} to={}", type.kind(), from.version(), listed);
      gone.forEach(key -> remove(key, Optional.empty()));
    }
    from.reached(listed);
    for (T item : items) {
      gone.remove(keyOf(item));
      put(item);
    }
    gone.stream().filter(key -> knownToTheList(key, listed)).forEach(key -> remove(key, Optional.empty()));
  }

  /** What we wrote after the list was taken is missing there, yet not gone. */
  private boolean knownToTheList(ResourceKey key, String listed) {
    return get(key).filter(object -> !Versions.newer(object, listed)).isPresent();
  }

  private synchronized void take(Reflector<T> from, WatchEvent<T> event) {
    switch (event) {
      case WatchEvent.Present<T>(T object) -> {
        from.reached(object.getMetadata().getResourceVersion());
        put(object);
      }
      case WatchEvent.Gone<T>(T object) -> {
        from.reached(object.getMetadata().getResourceVersion());
        remove(keyOf(object), Optional.of(object));
      }
      case WatchEvent.Bookmark<T>(String upTo) -> from.reached(upTo);
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
}
