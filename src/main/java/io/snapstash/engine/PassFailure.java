package io.snapstash.engine;

import java.time.Duration;
import java.util.Optional;

/** A foreseen failure of a pass: told in a few words, without a stack trace, and tried again later. */
public class PassFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Optional<Duration> askedDelay;

  public PassFailure(String message) {
    this(message, Optional.empty());
  }

  public PassFailure(String message, Optional<Duration> askedDelay) {
    super(message, null, false, false);
    this.askedDelay = askedDelay;
  }

  /** The delay that the other side asked for, for instance by Retry-After. */
  public Optional<Duration> askedDelay() {
    return askedDelay == null ? Optional.empty() : askedDelay;
  }
}
