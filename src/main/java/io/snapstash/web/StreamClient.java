package io.snapstash.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * One listener of a stream. Nothing is kept for it here: what it is too slow for is left out, and made up for from the
 * journal, or by a fresh picture, once it has taken what lies in its connection. One that takes nothing is cut off.
 */
final class StreamClient {
  private static final int PATIENCE = 2;
  private final HttpServerResponse response;
  private final Consumer<StreamClient> whenDrained;
  private long seen;
  private boolean lagging;
  private int silentBeats;

  StreamClient(HttpServerResponse response, long seen, Consumer<StreamClient> whenDrained) {
    this.response = response;
    this.seen = seen;
    this.whenDrained = whenDrained;
  }

  /** Number of the last event it was given. */
  long seen() {
    return seen;
  }

  /** False if it has to wait until the client has taken more. */
  boolean offer(long number, Buffer event) {
    if (lagging || response.closed()) {
      return false;
    }
    if (response.writeQueueFull()) {
      lag();
      return false;
    }
    response.write(event);
    seen = number;
    return true;
  }

  private void lag() {
    lagging = true;
    response.drainHandler(_ -> {
      lagging = false;
      silentBeats = 0;
      whenDrained.accept(this);
    });
  }

  /** A sign of life keeps proxies from closing a quiet stream. False if the client is given up. */
  boolean beat(Buffer event) {
    if (response.closed()) {
      return false;
    }
    if (!lagging && !response.writeQueueFull()) {
      response.write(event);
      return true;
    }
    if (++silentBeats > PATIENCE) {
      response.reset();
      return false;
    }
    return true;
  }

  void end() {
    if (!response.closed()) {
      response.end();
    }
  }
}
