package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.FAILED;
import static io.snapstash.api.Phases.RUNNING;
import static io.snapstash.api.Phases.SKIPPED;
import static io.snapstash.api.Phases.SUCCEEDED;

import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import java.util.List;

/** Phase of a BackupVerificationSession (behaviour 3.11). */
public final class VerificationSessionPhase {
  private VerificationSessionPhase() {}

  public static String of(List<Condition> conditions) {
    ConditionSet set = ConditionSet.of(conditions);
    if (set.isFalse(Conditions.VERIFICATION_SESSION_HISTORY_CLEANED)) {
      return FAILED;
    }
    if (set.isTrue(Conditions.BACKUP_VERIFICATION_SKIPPED)) {
      return SKIPPED;
    }
    if (!set.isTrue(Conditions.VERIFICATION_SESSION_HISTORY_CLEANED)) {
      return RUNNING;
    }
    return set.isFalse(Conditions.RESTORE_SUCCEEDED) || set.isFalse(Conditions.BACKUP_VERIFIED) ? FAILED : SUCCEEDED;
  }
}
