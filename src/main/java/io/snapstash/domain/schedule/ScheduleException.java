package io.snapstash.domain.schedule;

/** A text that is no schedule. Never leaves this package. */
final class ScheduleException extends RuntimeException {
  ScheduleException(String message) {
    super(message, null, false, false);
  }
}
