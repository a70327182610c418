package io.snapstash.controller.backupsession;

import io.snapstash.controller.Effect;
import io.snapstash.controller.Notice;
import io.snapstash.domain.turn.Cut;
import java.util.List;

/** What was found out about target, Addon and Function for a run that is about to start. */
sealed interface Preparation {
  /**
   * Everything resolved.
   *
   * @param totalComponents how many components each Snapshot will have
   * @param cuts the snapshots that it will take
   * @param executor the Job and what it needs, in order
   */
  record Ready(int totalComponents, List<Cut> cuts, List<Effect> executor, List<Notice> notices) implements Preparation {}

  /** It could not be found out: something did not answer, or refused to. */
  record Later(String message) implements Preparation {}

  /** The run cannot have a Job; trying again by itself would not help. */
  record Impossible(String message) implements Preparation {}
}
