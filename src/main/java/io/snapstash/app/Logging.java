package io.snapstash.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up the log in code: reading a file for it would be the slowest part of a Job's start. */
public final class Logging {
  /** Kept, because JUL itself forgets loggers that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("io.snapstash");
  private static final Logger DECISIONS = Logger.getLogger("decision");

  private Logging() {}

  /** Everything goes to standard error, one line per record and its stack trace. */
  public static void configure(Settings.Log settings) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(settings.format() == Settings.Format.JSON ? new JsonLines() : new TextLines());
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
    Level level = switch (settings.level()) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
    OURS.setLevel(level);
    DECISIONS.setLevel(level);
  }

  private static String level(LogRecord entry) {
    int value = entry.getLevel().intValue();
    return value >= Level.SEVERE.intValue() ? "error" : value >= Level.WARNING.intValue() ? "warn"
        : value >= Level.INFO.intValue() ? "info" : "debug";
  }

  private static String stack(LogRecord entry) {
    StringWriter text = new StringWriter();
    entry.getThrown().printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String logger(LogRecord entry) {
    String name = String.valueOf(entry.getLoggerName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static final class TextLines extends Formatter {
    @Override
    public String format(LogRecord entry) {
      String line = entry.getInstant().truncatedTo(ChronoUnit.MILLIS) + " " + level(entry) + " " + logger(entry) + " "
          + formatMessage(entry) + System.lineSeparator();
      return entry.getThrown() == null ? line : line + stack(entry);
    }
  }

  private static final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord entry) {
      ObjectNode line = JsonNodeFactory.instance.objectNode()
          .put("time", entry.getInstant().toString()).put("level", level(entry)).put("logger", logger(entry))
          .put("message", formatMessage(entry));
      if (entry.getThrown() != null) {
        line.put("stack", stack(entry));
      }
      return line + System.lineSeparator();
    }
  }
}
