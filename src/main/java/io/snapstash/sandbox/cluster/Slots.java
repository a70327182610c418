package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Instant;
import java.util.Optional;

/** The instants at which a CronJob is due. */
record Slots(java.util.function.Function<Instant, Optional<Instant>> next) {
  static Slots of(CronJob cronJob) {
    return new Slots(after -> Optional.of(after.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).plusSeconds(60)));
  }

  Optional<Instant> after(Instant instant) {
    return next.apply(instant);
  }

  /** Of several missed ones only the latest counts. */
  Optional<Instant> latestBetween(Instant after, Instant upTo) {
    Optional<Instant> latest = Optional.empty();
    Optional<Instant> slot = after(after);
    while (slot.isPresent() && !slot.get().isAfter(upTo)) {
      latest = slot;
      slot = after(slot.get());
    }
    return latest;
  }
}
