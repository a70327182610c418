package io.snapstash.metrics;

import io.snapstash.engine.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** What the process tells of its own work. Kinds, verbs and operations are few; the rest is bounded here. */
public final class ProcessMetrics implements Telemetry {
  private static final int MOST_REQUEST_SERIES = 300;
  private static final int MOST = 60;

  private final Map<String, IntSupplier> queues = new ConcurrentHashMap<>();
  private final AtomicLong lag = new AtomicLong();
  private final Histogram waited = new Histogram("snapstash_queue_wait_seconds",
      "How long a key waited from being due to its pass.", MOST, "kind");
  private final Histogram passes = new Histogram("snapstash_reconcile_duration_seconds",
      "How long a pass took.", MOST, "kind");
  private final Counter outcomes = new Counter("snapstash_reconcile_total", "Passes by their outcome.", MOST,
      "kind", "outcome");
  private final Counter retries = new Counter("snapstash_queue_retries_total", "Passes that have to be tried again.",
      MOST, "kind");
  private final Histogram requests = new Histogram("snapstash_kube_request_duration_seconds",
      "Requests to the API server; code 0 means that it was not reached.", MOST_REQUEST_SERIES, "verb", "resource",
      "code");
  private final Counter watches = new Counter("snapstash_watch_restarts_total",
      "Watches that ended otherwise than by their time.", MOST, "kind");
  private final Histogram storage = new Histogram("snapstash_storage_request_duration_seconds",
      "Calls to the backends of BackupStorages, their attempts together.", MOST, "operation", "outcome");

  @Override
  public void queue(String kind, IntSupplier depth) {
    queues.put(kind, depth);
  }

  @Override
  public void pass(String kind, Duration queued, Duration took, boolean again) {
    waited.observe(queued, kind);
    passes.observe(took, kind);
    outcomes.increment(kind, again ? "retry" : "done");
    if (again) {
      retries.increment(kind);
    }
  }

  @Override
  public void request(String verb, String resource, int code, Duration took) {
    requests.observe(took, verb, resource, Integer.toString(code));
  }

  @Override
  public void watchRestart(String kind) {
    watches.increment(kind);
  }

  @Override
  public void storageRequest(String operation, boolean succeeded, Duration took) {
    storage.observe(took, operation, succeeded ? "ok" : "failed");
  }

  @Override
  public void eventLoopLag(Duration late) {
    lag.set(late.toNanos());
  }

  /** What has been counted so far. */
  public List<Family> families() {
    Family depth = new Family("snapstash_queue_depth", Family.Type.GAUGE, "Keys that are due or being worked on.");
    queues.forEach((kind, size) -> depth.add(List.of("kind", kind), size.getAsInt()));
    Family late = new Family("snapstash_event_loop_lag_seconds", Family.Type.GAUGE,
        "How late the last timer of the event loop was.").add(List.of(), lag.get() / 1e9);
    return List.of(depth, waited.family(), passes.family(), outcomes.family(), retries.family(), requests.family(),
        watches.family(), storage.family(), late);
  }
}
