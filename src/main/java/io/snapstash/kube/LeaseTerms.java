package io.snapstash.kube;

import io.snapstash.engine.ResourceKey;
import java.time.Duration;

/**
 * The rules by which operators take turns. A leader that has not renewed for {@code renewWithin} stops writing; others
 * may take over when they have seen no renewal for {@code duration}, which must be longer by more than a request takes.
 *
 * @param identity tells this process from all others that may ever hold the Lease
 * @param retry between two renewals, and between two attempts
 */
public record LeaseTerms(ResourceKey lease, String identity, Duration duration, Duration renewWithin, Duration retry) {
  /** Lasts 10 s, renewed every 2 s, given up after 7 s without success. */
  public static LeaseTerms usual(ResourceKey lease, String identity) {
    return new LeaseTerms(lease, identity, Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(2));
  }
}
