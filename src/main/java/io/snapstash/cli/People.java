package io.snapstash.cli;

import io.snapstash.app.ExitCode;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeFailure;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Runs the command of a person: prints what came of it, and turns refusals into a line and an exit code. */
public final class People {
  /**
   * Where a command prints to and what it lives by.
   *
   * @param interactive whether a person looks at what is printed, so that it may be changed in place
   */
  public record Terminal(PrintStream out, PrintStream err, Time time, boolean interactive) {}

  @FunctionalInterface
  private interface Command {
    ExitCode run(Cluster cluster, CommandLine line, Terminal terminal) throws InterruptedException;
  }

  private People() {}

  /** Whether {@code trigger} is meant for people: the form of Jobs names its invoker by an option. */
  public static boolean means(String command, List<String> rest) {
    return switch (command) {
      case "status", "pause", "resume", "debug" -> true;
      case "trigger" -> rest.stream().noneMatch(word -> word.startsWith("--invoker"));
      default -> false;
    };
  }

  /**
   * Runs one of status, trigger, pause, resume and debug.
   *
   * @throws io.snapstash.app.UsageException for words that it does not take
   */
  public static ExitCode run(String command, List<String> rest, Terminal terminal) throws InterruptedException {
    CommandLine line = CommandLine.parse(rest, options(command), flags(command));
    Command chosen = switch (command) {
      case "status" -> StatusCommand::run;
      case "trigger" -> RunCommands::trigger;
      case "pause" -> (cluster, words, out) -> RunCommands.pause(cluster, words, out, true);
      case "resume" -> (cluster, words, out) -> RunCommands.pause(cluster, words, out, false);
      case "debug" -> DebugCommand::run;
      default -> throw new IllegalArgumentException(command);
    };
    try (Cluster cluster = Cluster.of(line)) {
      return chosen.run(cluster, line, terminal);
    } catch (KubeFailure failure) {
      terminal.err().println(failure.getMessage());
      return failure.kind() == KubeFailure.Kind.UNREACHABLE || failure.kind() == KubeFailure.Kind.THROTTLED
          ? ExitCode.TRY_AGAIN : ExitCode.FAILED;
    }
  }

  private static Set<String> options(String command) {
    return switch (command) {
      case "status" -> Set.of("output");
      case "trigger", "debug" -> Set.of("sessions");
      default -> Set.of();
    };
  }

  private static Set<String> flags(String command) {
    return switch (command) {
      case "status" -> Set.of("watch", "all-namespaces");
      case "debug" -> Set.of("latest");
      default -> Set.of();
    };
  }
}
