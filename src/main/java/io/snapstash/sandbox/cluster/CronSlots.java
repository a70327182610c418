package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.snapstash.domain.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/** The instants at which a CronJob is due. One that cannot be read never is; a real API server would refuse it. */
record CronSlots(Optional<Schedule> schedule) {
  static CronSlots of(CronJob cronJob) {
    String zone = cronJob.getSpec().getTimeZone();
    String text = cronJob.getSpec().getSchedule();
    return new CronSlots(switch (Schedule.read(zone == null ? text : "TZ=" + zone + " " + text)) {
      case Schedule.Reading.Accepted(Schedule accepted) -> Optional.of(accepted);
      case Schedule.Reading.Refused(String _) -> Optional.empty();
    });
  }

  Optional<Instant> after(Instant instant) {
    return schedule.flatMap(known -> known.next(instant));
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
