package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.NOT_READY;
import static io.snapstash.api.Phases.READY;

import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import java.util.List;

/** Phase of a BackupStorage (behaviour 3.2) and of a Repository (3.3). */
public final class StoragePhase {
  private StoragePhase() {}

  public static String ofBackupStorage(List<Condition> conditions) {
    ConditionSet set = ConditionSet.of(conditions);
    boolean secret = !set.has(Conditions.BACKEND_SECRET_FOUND) || set.isTrue(Conditions.BACKEND_SECRET_FOUND);
    return secret && set.isTrue(Conditions.BACKEND_INITIALIZED) ? READY : NOT_READY;
  }

  public static String ofRepository(List<Condition> conditions) {
    return ConditionSet.of(conditions).isTrue(Conditions.REPOSITORY_INITIALIZED) ? READY : NOT_READY;
  }
}
