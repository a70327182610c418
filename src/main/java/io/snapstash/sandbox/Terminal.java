package io.snapstash.sandbox;

import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells how it goes: one line per step with the time since the start. On a terminal a last line turns while something
 * is waited for; elsewhere there are only the lines.
 */
final class Terminal {
  private static final String[] SPINNER = {"|", "/", "-", "\\"};
  private static final Duration TURN = Duration.ofMillis(120);
  private static final String CLEAR = "\r\u001b[K";
  private static final int BAR = 20;

  private final PrintStream out;
  private final Time time;
  private final Instant start;
  private final boolean interactive;
  private final Map<String, String> waiting = new TreeMap<>();
  private int turn;
  private int done;
  private int total;
  private Cancellable timer = () -> { };

  Terminal(PrintStream out, Time time, boolean interactive) {
    this.out = out;
    this.time = time;
    this.start = time.now();
    this.interactive = interactive;
  }

  static boolean isInteractive() {
    return System.console() != null && System.console().isTerminal();
  }

  synchronized void expect(int steps) {
    total += steps;
  }

  synchronized void step(String who, String what) {
    done++;
    line(who, what);
  }

  synchronized void line(String who, String what) {
    clear();
    double seconds = Duration.between(start, time.now()).toMillis() / 1000.0;
    out.printf(Locale.ROOT, "%7.1f s  %-12s %s%n", seconds, who, what);
    out.flush();
  }

  synchronized void text(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  synchronized void waitsFor(String who, String what) {
    waiting.put(who, what);
    if (interactive && waiting.size() == 1) {
      turn();
    }
  }

  synchronized void waitsNoMore(String who) {
    waiting.remove(who);
    if (waiting.isEmpty()) {
      timer.cancel();
      clear();
    }
  }

  private synchronized void turn() {
    if (waiting.isEmpty()) {
      return;
    }
    int filled = total == 0 ? 0 : Math.min(BAR, done * BAR / total);
    String all = waiting.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
    out.print(CLEAR + SPINNER[turn++ % SPINNER.length] + " [" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] "
        + (all.length() > 90 ? all.substring(0, 90) + "…" : all));
    out.flush();
    timer.cancel();
    timer = time.schedule(TURN, this::turn);
  }

  private void clear() {
    if (interactive) {
      out.print(CLEAR);
    }
  }
}
