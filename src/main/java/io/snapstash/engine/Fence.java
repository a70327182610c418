package io.snapstash.engine;

import java.time.Duration;

/**
 * Whether this process may write: to the API server, and to any bucket. Whoever leads keeps it open by renewing; it
 * shuts by itself when that stops, on a clock that nobody sets, and so before another process may take over. Every write
 * asks at the moment it is sent. Any thread may ask.
 */
public final class Fence {
  /** For a program that is alone, or whose writes are guarded by other means: Jobs, the sandbox. */
  public static final Fence OPEN = new Fence(() -> Duration.ZERO, Duration.ofSeconds(1));

  /** A clock that only goes forward, whatever happens to the time of day. */
  @FunctionalInterface
  private interface Uptime {
    Duration now();
  }

  /** A write that was not sent, because another process may write by now. */
  public static final class Shut extends PassFailure {
    private static final long serialVersionUID = 1L;

    Shut() {
      super("not written: this operator does not lead");
    }
  }

  private final Uptime uptime;
  private volatile Duration limit;

  private Fence(Uptime uptime, Duration limit) {
    this.uptime = uptime;
    this.limit = limit;
  }

  /** Shut until it is opened. */
  public static Fence shut(Time time) {
    return new Fence(time::uptime, Duration.ZERO);
  }

  /** Open up to this point of {@link Time#uptime()}, unless it is opened further, or shut, before. */
  public void openUntil(Duration uptimeLimit) {
    limit = uptimeLimit;
  }

  public void shut() {
    limit = Duration.ZERO;
  }

  public boolean isOpen() {
    return uptime.now().compareTo(limit) < 0;
  }

  /** @throws Shut if it is not open */
  public void check() {
    if (!isOpen()) {
      throw new Shut();
    }
  }
}
