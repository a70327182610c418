package io.snapstash.sandbox.apiserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers that go wrong on purpose, each a given number of times. May be used from any thread. */
public final class FaultPlan {
  /** What goes wrong. */
  public sealed interface What {
    /** Refused with this HTTP status; nothing is written. */
    record Status(int code, String reason, String message) implements What {}

    /** The connection breaks and nothing was written. */
    record ResetBeforeCommit() implements What {}

    /** The connection breaks, but what was asked has been done. */
    record ResetAfterCommit() implements What {}

    /** Handled as if that field of the body had not been sent, without a word, as a server that does not know it does. */
    record FieldDropped(String pointerOfObject, String field) implements What {}

    /** Handled as usual, after this time of the server's clock. */
    record Delay(Duration by) implements What {}
  }

  private static final class Fault {
    private final Predicate<RequestLog.Entry> when;
    private final What what;
    private int left;

    private Fault(Predicate<RequestLog.Entry> when, What what, int times) {
      this.when = when;
      this.what = what;
      this.left = times;
    }
  }

  private final List<Fault> faults = new ArrayList<>();

  /**
   * Plans a fault for the next requests of a verb.
   *
   * @param verb such as {@code create}; {@code *} for any
   * @param resource plural, with subresource if it has one ({@code jobs/status}); {@code *} for any
   */
  public FaultPlan add(String verb, String resource, What what, int times) {
    return add(entry -> (verb.equals("*") || verb.equals(entry.verb()))
        && (resource.equals("*") || resource.equals(nameOf(entry))), what, times);
  }

  /** As above, for whatever the predicate picks; the entry's status is not known yet. */
  public synchronized FaultPlan add(Predicate<RequestLog.Entry> when, What what, int times) {
    faults.add(new Fault(when, what, times));
    return this;
  }

  public FaultPlan status(String verb, String resource, int code, int times) {
    return add(verb, resource, new What.Status(code, Failures.reasonOf(code), "injected fault"), times);
  }

  public FaultPlan resetBeforeCommit(String verb, String resource, int times) {
    return add(verb, resource, new What.ResetBeforeCommit(), times);
  }

  public FaultPlan resetAfterCommit(String verb, String resource, int times) {
    return add(verb, resource, new What.ResetAfterCommit(), times);
  }

  public FaultPlan delay(String verb, String resource, Duration by, int times) {
    return add(verb, resource, new What.Delay(by), times);
  }

  public synchronized void clear() {
    faults.clear();
  }

  /** Whether everything planned has happened. */
  public synchronized boolean isSpent() {
    return faults.isEmpty();
  }

  synchronized Optional<What> take(RequestLog.Entry request) {
    for (Fault fault : faults) {
      if (fault.when.test(request)) {
        if (--fault.left <= 0) {
          faults.remove(fault);
        }
        return Optional.of(fault.what);
      }
    }
    return Optional.empty();
  }

  private static String nameOf(RequestLog.Entry entry) {
    return entry.subresource().isEmpty() ? entry.resource() : entry.resource() + "/" + entry.subresource();
  }
}
