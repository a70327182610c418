package io.snapstash.web;

import java.io.IOException;
import java.io.OutputStream;

/** Metrics as they stand. Writing may take its time: never called on an event loop. */
@FunctionalInterface
public interface Exposition {
  /**
   * Writes all metrics.
   *
   * @param accept what the client takes, as in the header {@code Accept}; may be empty
   * @return the content type that was chosen
   */
  String write(String accept, OutputStream out) throws IOException;
}
