package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Fence;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the Lease when it is free, and keeps the fence open as long as it can renew it. A free Lease is one that was
 * given back, or that nobody renewed for its duration, on our own clock, while we watched. Two that take it at the same
 * moment write over the same version, so that one is refused. The fence counts from before the request: what takes long
 * on the way has only ever less time than the Lease.
 *
 * <p>Everything happens on one Vert.x context, without a thread of its own.
 */
public final class LeaderElector {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);

  private final KubeClient kube;
  private final Context context;
  private final Time time;
  private final Fence fence;
  private final LeaseTerms terms;
  private final Runnable onLead;
  private final Cache<Lease> watched;
  private Optional<LeaseRecord> record = Optional.empty();
  private Duration changedAt = Duration.ZERO;
  private boolean everSeen;
  private boolean leading;
  private boolean underWay;
  private volatile boolean ended;
  private Cancellable timer = () -> { };

  /** The client must not stand behind the fence; {@code onLead} is called each time the fence opens after being shut. */
  public LeaderElector(KubeClient kube, Context context, Time time, Fence fence, Backoff watches, LeaseTerms terms,
      Runnable onLead) {
    this.kube = kube.urgent(terms.renewWithin().minus(terms.retry()));
    this.context = context;
    this.time = time;
    this.fence = fence;
    this.terms = terms;
    this.onLead = onLead;
    this.watched = new Cache<>(kube, ResourceTypes.LEASES,
        Selection.one(terms.lease().namespace(), terms.lease().name()), context, time, watches);
  }

  /** Begins to watch and to try. Trouble is logged and tried again, without end. */
  public void start() {
    watched.onChange((_, after) -> context.runOnContext(_ -> {
      seen(after.map(LeaseRecord::of));
      if (!leading) {
        look();
      }
    }));
    watched.start().onSuccess(_ -> context.runOnContext(_ -> look()));
  }

  /** Stops writing at once and gives the Lease back, so that another may take it in the same moment. Never fails. */
  public Future<Void> release() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> {
      boolean held = leading;
      abandon();
      if (held) {
        kube.find(ResourceTypes.LEASES, terms.lease()).compose(this::giveBack).onComplete(done);
      } else {
        done.complete();
      }
    });
    return done.future().otherwise(failure -> {
      LOG.warn("leadership not given back, it runs out lease={} cause=\"{}\"", terms.lease(), failure.getMessage());
      return null;
    });
  }

  private Future<Void> giveBack(Optional<Lease> found) {
    Optional<LeaseRecord> own = found.map(LeaseRecord::of).filter(last -> last.holder().equals(terms.identity()));
    if (own.isEmpty()) {
      return Future.succeededFuture();
    }
    return kube.replace(ResourceTypes.LEASES, terms.lease(), own.get().released(terms, time.now())).map(_ -> {
      LOG.info("leadership given back lease={} identity={}", terms.lease(), terms.identity());
      return null;
    });
  }

  /** Ends without a word to others, as if the process were killed. */
  public void abandon() {
    ended = true;
    fence.shut();
    watched.close();
    context.runOnContext(_ -> {
      leading = false;
      timer.cancel();
      fence.shut();
    });
  }

  private void seen(Optional<LeaseRecord> now) {
    if (now.isPresent() && record.isPresent() && Versions.older(now.get().version(), record.get().version())) {
      return;
    }
    boolean same = now.map(LeaseRecord::version).equals(record.map(LeaseRecord::version));
    if (!same || !everSeen) {
      changedAt = time.uptime();
    }
    everSeen |= now.isPresent();
    record = now;
  }

  private void look() {
    if (ended || underWay) {
      return;
    }
    timer.cancel();
    if (leading && !fence.isOpen()) {
      leading = false;
      LOG.warn("leadership lost lease={} identity={} cause=\"not renewed in time\"", terms.lease(), terms.identity());
    }
    Duration wait = leading ? Duration.ZERO : untilFree();
    if (wait.isPositive()) {
      later(wait);
    } else {
      take();
    }
  }

  /** A Lease that somebody deleted may still have its holder. */
  private Duration untilFree() {
    if (record.isEmpty() && !everSeen
        || record.filter(now -> now.holder().isEmpty() || now.holder().equals(terms.identity())).isPresent()) {
      return Duration.ZERO;
    }
    Duration lasts = record.map(LeaseRecord::duration).filter(Duration::isPositive).orElse(terms.duration());
    return changedAt.plus(lasts).minus(time.uptime());
  }

  private void take() {
    underWay = true;
    Duration sent = time.uptime();
    Object body = LeaseRecord.taken(record, terms, time.now());
    Future<Lease> written = record.isEmpty()
        ? kube.create(ResourceTypes.LEASES, terms.lease().namespace(), body)
        : kube.replace(ResourceTypes.LEASES, terms.lease(), body);
    written.onComplete(result -> context.runOnContext(_ -> {
      underWay = false;
      if (ended) {
        return;
      }
      if (result.succeeded()) {
        taken(LeaseRecord.of(result.result()), sent);
      } else {
        refused(result.cause());
      }
    }));
  }

  private void taken(LeaseRecord now, Duration sent) {
    seen(Optional.of(now));
    fence.openUntil(sent.plus(terms.renewWithin()));
    if (!leading) {
      leading = true;
      LOG.info("leading lease={} identity={} transitions={}", terms.lease(), terms.identity(), now.transitions());
      onLead.run();
    }
    later(terms.retry());
  }

  /** Somebody else wrote, or our own last answer was lost: a fresh look tells. */
  private void refused(Throwable failure) {
    boolean stale = KubeFailure.is(failure, KubeFailure.Kind.CONFLICT)
        || KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
        || KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND);
    if (!stale) {
      LOG.warn("lease not written lease={} leading={} cause=\"{}\"", terms.lease(), leading, failure.getMessage());
      later(terms.retry());
      return;
    }
    underWay = true;
    kube.find(ResourceTypes.LEASES, terms.lease()).onComplete(found -> context.runOnContext(_ -> {
      underWay = false;
      if (ended) {
        return;
      }
      if (found.failed()) {
        later(terms.retry());
        return;
      }
      seen(found.result().map(LeaseRecord::of));
      if (leading && record.filter(now -> !now.holder().equals(terms.identity())).isPresent()) {
        leading = false;
        fence.shut();
        LOG.warn("leadership lost lease={} identity={} to={}", terms.lease(), terms.identity(), record.get().holder());
      }
      later(record.isEmpty() || leading ? Duration.ofMillis(1) : terms.retry());
    }));
  }

  private void later(Duration delay) {
    timer = time.schedule(delay, () -> context.runOnContext(_ -> look()));
  }
}
