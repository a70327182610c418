package io.snapstash.storage;

import java.time.Duration;

/**
 * How long a backend may take.
 *
 * @param connect until a connection stands
 * @param attempt one request and its answer
 * @param call all attempts of one call together, with the pauses between them
 * @param attempts requests per call, the first counted
 */
public record StoreLimits(Duration connect, Duration attempt, Duration call, int attempts) {
  public static final StoreLimits DEFAULT =
      new StoreLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60), 3);
}
