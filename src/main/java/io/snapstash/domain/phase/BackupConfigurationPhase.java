package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.INVALID;
import static io.snapstash.api.Phases.NOT_READY;
import static io.snapstash.api.Phases.READY;

import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.Conditions;
import io.snapstash.domain.Absent;

/** Phase of a BackupConfiguration (behaviour 3.6). Repositories and dependencies do not count. */
public final class BackupConfigurationPhase {
  private BackupConfigurationPhase() {}

  public static String of(BackupConfigurationSpec spec, BackupConfigurationStatus status) {
    if (ConditionSet.of(status.conditions()).isFalse(Conditions.VALIDATION_PASSED)) {
      return INVALID;
    }
    boolean ready = Boolean.TRUE.equals(status.targetFound()) && hasBackends(spec, status) && hasSessions(spec, status);
    return ready ? READY : NOT_READY;
  }

  private static boolean hasBackends(BackupConfigurationSpec spec, BackupConfigurationStatus status) {
    return Absent.list(status.backends()).size() == Absent.list(spec.backends()).size()
        && Absent.list(status.backends()).stream().allMatch(backend -> Boolean.TRUE.equals(backend.ready()));
  }

  private static boolean hasSessions(BackupConfigurationSpec spec, BackupConfigurationStatus status) {
    return Absent.list(status.sessions()).size() == Absent.list(spec.sessions()).size()
        && Absent.list(status.sessions()).stream()
            .allMatch(session -> ConditionSet.of(session.conditions()).isTrue(Conditions.SCHEDULER_ENSURED));
  }
}
