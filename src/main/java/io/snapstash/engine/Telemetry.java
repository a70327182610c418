package io.snapstash.engine;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Hears how the machinery fares. Calls come from any thread and must only count. */
public interface Telemetry {
  /** Nobody listens. */
  Telemetry NONE = new Telemetry() { };

  /** There is a queue of that kind; its depth may be asked for at any time. */
  default void queue(String kind, IntSupplier depth) {}

  /** @param again whether the pass failed and is tried again */
  default void pass(String kind, Duration queued, Duration took, boolean again) {}

  /** @param code HTTP status; 0 if there was no answer */
  default void request(String verb, String resource, int code, Duration took) {}

  default void watchRestart(String kind) {}

  default void storageRequest(String operation, boolean succeeded, Duration took) {}

  default void eventLoopLag(Duration late) {}
}
