package io.snapstash.sandbox.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as Kubernetes writes them: RFC 3339 in whole seconds, UTC. */
final class Timestamps {
  private Timestamps() {}

  static String of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static Instant parse(String text) {
    return Instant.parse(text);
  }
}
