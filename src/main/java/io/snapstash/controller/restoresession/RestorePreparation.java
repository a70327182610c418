package io.snapstash.controller.restoresession;

import io.snapstash.controller.Effect;
import io.snapstash.controller.Notice;
import io.snapstash.csi.SnapshotPair;
import java.util.List;

/** What was found out about Snapshot, Addon, Function and claims for a restore that is about to start. */
sealed interface RestorePreparation {
  /**
   * Everything resolved; the executor is the Job and what it needs, in order.
   *
   * @param pairs VolumeSnapshots made from handles for this restore alone, to be removed after it
   */
  record Ready(int totalComponents, List<Effect> executor, List<SnapshotPair> pairs, List<Notice> notices)
      implements RestorePreparation {}

  /** Templates that make no sense together: the object has to be changed. */
  record Invalid(List<String> violations) implements RestorePreparation {}

  /** It could not be found out: something did not answer, or refused to. */
  record Later(String message) implements RestorePreparation {}

  /** There can be no Job; trying again by itself would not help. */
  record Impossible(String message) implements RestorePreparation {}
}
