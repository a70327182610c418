package io.snapstash.controller.restoresession;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told when a restore comes into another phase; before the phase is written, as with backups. */
final class RestoreNotices {
  private RestoreNotices() {}

  /** @param sources the BackupConfigurations whose backups lie where this restore reads */
  static List<Effect> of(RestoreSession restore, RestoreSessionStatus now, List<BackupConfiguration> sources) {
    String before = restore.getStatus() == null ? "" : Absent.text(restore.getStatus().phase());
    String phase = Absent.text(now.phase());
    if (before.equals(phase)) {
      return List.of();
    }
    return switch (phase) {
      case Phases.RUNNING -> told(restore, sources, false, "RestoreStarted", "the restore is under way");
      case Phases.SUCCEEDED -> told(restore, sources, false, "RestoreSucceeded",
          volumes(now) + " in " + Absent.text(now.duration()));
      case Phases.FAILED -> told(restore, sources, true, "RestoreFailed", cause(restore, now));
      case Phases.INVALID -> told(restore, List.of(), true, "RestoreInvalid", violation(now));
      default -> List.of();
    };
  }

  private static List<Effect> told(RestoreSession restore, List<BackupConfiguration> sources, boolean warning,
      String reason, String message) {
    List<Effect> effects = new ArrayList<>();
    effects.add(told(restore, restore, warning, reason, message));
    sources.forEach(source -> effects.add(told(restore, source, warning, reason,
        "RestoreSession " + Metadata.key(restore) + ": " + message)));
    return effects;
  }

  private static Effect told(RestoreSession restore, HasMetadata about, boolean warning, String reason, String message) {
    Notice notice = warning ? Notice.warning(about, reason, message) : Notice.normal(about, reason, message);
    return new Effect.Tell(notice.counted(reason, restore.getMetadata().getUid()));
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
