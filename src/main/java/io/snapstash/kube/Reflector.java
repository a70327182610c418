package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.PassFailure;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the objects of one selection for a {@link Cache}: lists them once, then a watch that is renewed for ever, and
 * a list again after every gap. Everything it does, it does on the executor of its cache, one action at a time.
 */
final class Reflector<T extends HasMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
  private static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);
  /** A server sends a bookmark about once a minute when nothing happens. */
  private static final Duration SILENCE = Duration.ofSeconds(150);
  private static final Duration DEAD = SHORTEST_WATCH.multipliedBy(4);
  private static final Duration TOO_SHORT = Duration.ofSeconds(1);

  /** Where the news goes. */
  interface Sink<T extends HasMetadata> {
    void listed(Reflector<T> from, String listed, List<T> items);

    void event(Reflector<T> from, WatchEvent<T> event);
  }

  /** What all reflectors of a cache have in common. */
  record Terms<T extends HasMetadata>(KubeClient client, ResourceType<T> type, Executor context, Time time,
      Backoff backoff) {}

  private final KubeClient client;
  private final ResourceType<T> type;
  private final Selection selection;
  private final Executor context;
  private final Time time;
  private final Backoff backoff;
  private final Sink<T> sink;
  private final Promise<Void> synced = Promise.promise();
  /** How far list and watch have come; guarded by the sink, which alone changes it. */
  private String version = "";
  private int failures;
  private volatile boolean closed;
  private volatile boolean following;
  private volatile Instant stirred = Instant.MAX;
  private Cancellable watch = () -> { };
  private Cancellable timer = () -> { };

  Reflector(Terms<T> terms, Selection selection, Sink<T> sink) {
    this.client = terms.client();
    this.type = terms.type();
    this.selection = selection;
    this.context = terms.context();
    this.time = terms.time();
    this.backoff = terms.backoff();
    this.sink = sink;
  }

  Future<Void> start() {
    context.execute(this::list);
    return synced.future();
  }

  void close() {
    closed = true;
    context.execute(() -> {
      watch.cancel();
      timer.cancel();
    });
  }

  boolean isSynced() {
    return synced.future().isComplete();
  }

  boolean isFollowing() {
    return following;
  }

  boolean hasStopped() {
    Instant last = stirred;
    return !closed && !last.equals(Instant.MAX) && time.now().isAfter(last.plus(DEAD));
  }

  /** Whether an object of that name would be among those followed, as far as its name tells. */
  boolean covers(ResourceKey key) {
    return selection.mayHold(key);
  }

  String version() {
    return version;
  }

  void reached(String upTo) {
    version = upTo;
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
      sink.listed(this, result.result().resourceVersion(), result.result().items());
      synced.tryComplete();
      follow();
    }));
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
        sink.event(Reflector.this, event);
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
      if (over || Reflector.this.closed) {
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
