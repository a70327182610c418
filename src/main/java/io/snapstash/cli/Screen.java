package io.snapstash.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a text that changes is shown: a terminal shows the present one in place and leaves the last behind; anything else
 * gets one after the other.
 */
interface Screen extends AutoCloseable {
  void show(String text);

  @Override
  void close();

  /** Whether a text that only says how long ago something was is worth showing again. */
  boolean ticks();

  /** @param separator stands between texts that are all kept */
  static Screen of(PrintStream out, boolean terminal, String separator) {
    return terminal ? new InPlace(out) : new OneAfterTheOther(out, separator);
  }

  /** The alternate screen of a terminal, without a cursor and without wrapping long lines. */
  final class InPlace implements Screen {
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";
    private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
    private final PrintStream out;
    private String last = "";
    private boolean closed;

    InPlace(PrintStream out) {
      this.out = out;
      out.print(ENTER);
    }

    @Override
    public synchronized void show(String text) {
      if (closed) {
        return;
      }
      List<String> lines = text.lines().limit(height()).toList();
      out.print("\033[H" + String.join("\033[K\r\n", lines) + "\033[K\033[J");
      out.flush();
      last = text;
    }

    /** Asked for each time, because it changes with the window. */
    private static int height() {
      try {
        Process size = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
        String[] words = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
        int rows = words.length == 2 ? Integer.parseInt(words[0]) : 0;
        return rows > 0 ? rows : Integer.MAX_VALUE;
      } catch (IOException | NumberFormatException unknown) {
        return Integer.MAX_VALUE;
      }
    }

    @Override
    public boolean ticks() {
      return true;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        out.print(LEAVE + last);
        out.flush();
      }
    }
  }

  /** For files and pipes. */
  final class OneAfterTheOther implements Screen {
    private final PrintStream out;
    private final String separator;
    private boolean begun;

    OneAfterTheOther(PrintStream out, String separator) {
      this.out = out;
      this.separator = separator;
    }

    @Override
    public void show(String text) {
      out.print((begun ? separator : "") + text);
      begun = true;
      out.flush();
    }

    @Override
    public boolean ticks() {
      return false;
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
