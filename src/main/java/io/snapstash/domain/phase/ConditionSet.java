package io.snapstash.domain.phase;

import io.snapstash.api.Condition;
import io.snapstash.api.ConditionBuilder;
import io.snapstash.domain.Absent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of an object, at most one that counts per type, in the order in which they first came (behaviour
 * 3.1). Immutable: setting gives a new set, or the very same one if nothing changed, so that nothing need be written.
 */
public record ConditionSet(List<Condition> items) {
  private static final String TRUE = "True";
  private static final String FALSE = "False";

  public ConditionSet {
    items = List.copyOf(Absent.list(items));
  }

  /** The conditions of a status; a missing list is an empty one. */
  public static ConditionSet of(List<Condition> conditions) {
    return new ConditionSet(conditions);
  }

  public ConditionSet withTrue(String type, String reason, String message, Instant now) {
    return with(condition(type, TRUE, reason, message), now);
  }

  public ConditionSet withFalse(String type, String reason, String message, Instant now) {
    return with(condition(type, FALSE, reason, message), now);
  }

  /**
   * Sets a condition; its own transition time does not matter. One that tells of an older generation than the
   * present one changes nothing.
   */
  public ConditionSet with(Condition wanted, Instant now) {
    Condition dated = ConditionBuilder.builder(wanted).lastTransitionTime(now).build();
    List<Condition> changed = new ArrayList<>(items);
    for (int i = 0; i < items.size(); i++) {
      Condition present = items.get(i);
      if (present.type().equals(wanted.type())) {
        if (isSame(present, wanted) || isOlder(wanted, present)) {
          return this;
        }
        changed.set(i, dated);
        return new ConditionSet(changed);
      }
    }
    changed.add(dated);
    return new ConditionSet(changed);
  }

  /** Takes a condition away that no longer means anything. */
  public ConditionSet without(String type) {
    return has(type) ? new ConditionSet(items.stream().filter(item -> !item.type().equals(type)).toList()) : this;
  }

  public Optional<Condition> find(String type) {
    return items.stream().filter(item -> item.type().equals(type)).findFirst();
  }

  public boolean has(String type) {
    return find(type).isPresent();
  }

  public boolean isTrue(String type) {
    return find(type).filter(item -> TRUE.equals(item.status())).isPresent();
  }

  /** Present with status False; an absent condition is neither. */
  public boolean isFalse(String type) {
    return find(type).filter(item -> FALSE.equals(item.status())).isPresent();
  }

  /** The first condition, of any type, with status False. */
  public Optional<Condition> firstFalse() {
    return items.stream().filter(item -> FALSE.equals(item.status())).findFirst();
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return ConditionBuilder.builder().type(type).status(status).reason(reason).message(message).build();
  }

  private static boolean isSame(Condition present, Condition wanted) {
    return Absent.text(present.status()).equals(Absent.text(wanted.status()))
        && Absent.text(present.reason()).equals(Absent.text(wanted.reason()))
        && Absent.text(present.message()).equals(Absent.text(wanted.message()))
        && (wanted.observedGeneration() == null || wanted.observedGeneration().equals(present.observedGeneration()));
  }

  private static boolean isOlder(Condition wanted, Condition present) {
    return wanted.observedGeneration() != null && present.observedGeneration() != null
        && wanted.observedGeneration() < present.observedGeneration();
  }
}
