package io.snapstash.sandbox.apiserver;

import io.snapstash.engine.SystemTime;
import io.snapstash.engine.Time;

/**
 * How to run an API server.
 *
 * @param port where to listen on 127.0.0.1; 0 takes any free port
 * @param time clock of creation timestamps, and of how long watches last
 * @param history how many changes per kind are kept for watches that resume and for older lists; what is older is Gone
 */
public record ApiServerOptions(int port, Time time, int history) {
  private static final int DEFAULT_HISTORY = 10_000;

  public ApiServerOptions(int port, Time time) {
    this(port, time, DEFAULT_HISTORY);
  }

  /** Any port, real time. */
  public static ApiServerOptions standard() {
    return new ApiServerOptions(0, new SystemTime());
  }

  public ApiServerOptions withHistory(int changes) {
    return new ApiServerOptions(port, time, changes);
  }
}
