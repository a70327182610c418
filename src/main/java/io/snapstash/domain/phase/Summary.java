package io.snapstash.domain.phase;

import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.Condition;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.Absent;
import java.util.Optional;

/** How a run went, as hooks get to see it (behaviour 3.13). An empty error means success so far. */
public record Summary(String name, String namespace, Invoker invoker, TypedObjectReference target, Status status) {

  /** Who asked for the run; a restore is its own invoker. */
  public record Invoker(String apiGroup, String kind, String name, String namespace) {
    static final String CORE = "core.kubestash.com";

    public Invoker(String kind, String name, String namespace) {
      this(CORE, kind, name, namespace);
    }
  }

  /** Phase is Succeeded or Failed, by the error alone. */
  public record Status(String phase, String duration, String error) {}

  public static Summary ofBackup(
      String name, Invoker invoker, TypedObjectReference target, BackupSessionStatus status) {
    return new Summary(name, invoker.namespace(), invoker, target, status(status.duration(), error(status)));
  }

  public static Summary ofRestore(
      String name, String namespace, TypedObjectReference target, RestoreSessionStatus status) {
    Invoker self = new Invoker("RestoreSession", name, namespace);
    return new Summary(name, namespace, self, target, status(status.duration(), error(status)));
  }

  private static Status status(String duration, String error) {
    return new Status(error.isEmpty() ? Phases.SUCCEEDED : Phases.FAILED, Absent.text(duration), error);
  }

  private static String error(BackupSessionStatus status) {
    Optional<String> condition = conditionError(ConditionSet.of(status.conditions()));
    if (condition.isPresent()) {
      return condition.get();
    }
    boolean failed = Absent.list(status.snapshots()).stream().anyMatch(entry -> Phases.FAILED.equals(entry.phase()));
    if (failed) {
      return "one or more Snapshots failed";
    }
    return BackupSessionPhase.hasFailedRetention(status) ? "the retention policy could not be applied" : "";
  }

  private static String error(RestoreSessionStatus status) {
    return conditionError(ConditionSet.of(status.conditions()))
        .or(() -> Absent.map(status.components()).values().stream()
            .filter(component -> Phases.FAILED.equals(component.phase()))
            .map(RestoreComponent::error)
            .map(error -> Absent.text(error).isEmpty() ? "a component failed" : error)
            .findFirst())
        .orElse("");
  }

  private static Optional<String> conditionError(ConditionSet conditions) {
    return conditions.firstFalse().map(Summary::told);
  }

  private static String told(Condition condition) {
    return Absent.text(condition.message()).isEmpty() ? condition.type() + " is False" : condition.message();
  }
}
