package io.snapstash.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a command has printed so far, for a test that waits for more of it. */
final class Printed extends ByteArrayOutputStream {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    super.write(bytes, from, length);
    notifyAll();
  }

  synchronized void await(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!text().contains(text)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not printed: " + text + ", but " + text());
      }
      wait(left);
    }
  }

  synchronized String text() {
    return toString(StandardCharsets.UTF_8);
  }
}
