package io.snapstash.controller;

import io.snapstash.api.Conditions;
import io.snapstash.domain.phase.ConditionSet;
import java.time.Instant;
import java.util.List;

/** Says on an object which of its parts this version does not act on, instead of ignoring them. */
public final class Features {
  private Features() {}

  public static ConditionSet mark(ConditionSet conditions, List<String> unavailable, Instant now) {
    return unavailable.isEmpty() ? conditions.without(Conditions.FEATURE_UNAVAILABLE)
        : conditions.withTrue(Conditions.FEATURE_UNAVAILABLE, Conditions.NOT_IN_THIS_VERSION,
            "not acted on by this version: " + String.join("; ", unavailable), now);
  }
}
