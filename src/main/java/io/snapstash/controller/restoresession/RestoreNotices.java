package io.snapstash.controller.restoresession;

import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Notice;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.Summary;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told when a restore comes into another phase; before the phase is written, as with backups. */
final class RestoreNotices {
  private RestoreNotices() {}

  static List<Effect> of(RestoreSession restore, RestoreSessionStatus now) {
    String before = restore.getStatus() == null ? "" : Absent.text(restore.getStatus().phase());
    String phase = Absent.text(now.phase());
    if (before.equals(phase)) {
      return List.of();
    }
    return switch (phase) {
      case Phases.RUNNING -> List.of(told(restore, Notice.normal(restore, "RestoreStarted", "the restore is under way")));
      case Phases.SUCCEEDED -> List.of(told(restore, Notice.normal(restore, "RestoreSucceeded",
          volumes(now) + " in " + Absent.text(now.duration()))));
      case Phases.FAILED -> List.of(told(restore, Notice.warning(restore, "RestoreFailed", cause(restore, now))));
      case Phases.INVALID -> List.of(told(restore, Notice.warning(restore, "RestoreInvalid", violation(now))));
      default -> List.of();
    };
  }

  private static Effect told(RestoreSession restore, Notice notice) {
    return new Effect.Tell(notice.counted(notice.reason(), restore.getMetadata().getUid()));
  }

  private static String volumes(RestoreSessionStatus now) {
    int count = Absent.map(now.components()).size();
    return count == 1 ? "1 volume" : count + " volumes";
  }

  private static String cause(RestoreSession restore, RestoreSessionStatus now) {
    String components = Absent.map(now.components()).entrySet().stream()
        .filter(each -> !Absent.text(each.getValue().error()).isEmpty())
        .map(each -> each.getKey() + ": " + each.getValue().error()).limit(5).collect(Collectors.joining("; "));
    return components.isEmpty() ? Summary.ofRestore(restore.getMetadata().getName(),
        restore.getMetadata().getNamespace(), null, now).status().error() : components;
  }

  private static String violation(RestoreSessionStatus now) {
    return Absent.list(now.conditions()).stream()
        .filter(condition -> Conditions.VALIDATION_PASSED.equals(condition.type()))
        .map(Condition::message).map(Absent::text).findFirst().orElse("");
  }
}
