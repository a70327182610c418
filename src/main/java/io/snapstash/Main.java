package io.snapstash;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.snapstash.app.Arguments;
import io.snapstash.app.ExitCode;
import io.snapstash.app.Logging;
import io.snapstash.app.OperatorCommand;
import io.snapstash.app.Settings;
import io.snapstash.app.SettingsReader;
import io.snapstash.app.Usage;
import io.snapstash.app.UsageException;
import io.snapstash.app.Version;
import io.snapstash.cli.People;
import io.snapstash.engine.SystemTime;
import io.snapstash.job.BackupCommand;
import io.snapstash.job.JobContext;
import io.snapstash.job.RestoreCommand;
import io.snapstash.job.StorageCommand;
import io.snapstash.job.TriggerCommand;
import io.snapstash.sandbox.SandboxCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** First argument to command to exit code; nothing else. */
public final class Main {
  private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Arrays.asList(args), System.getenv()));
  }

  /** The exit codes are those of {@link ExitCode}. */
  static int run(List<String> args, Map<String, String> environment) {
    String command = args.isEmpty() ? "" : args.getFirst();
    List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
    if (command.isEmpty() || command.equals("--help") || command.equals("help") || rest.contains("--help")) {
      System.out.println(Usage.of(command));
      return command.isEmpty() ? ExitCode.WRONG_USAGE.code() : ExitCode.DONE.code();
    }
    try {
      return dispatch(command, rest, environment);
    } catch (UsageException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(Usage.line(command));
      return ExitCode.WRONG_USAGE.code();
    } catch (InterruptedException stopped) {
      return ExitCode.TRY_AGAIN.code();
    }
  }

  private static int dispatch(String command, List<String> rest, Map<String, String> environment)
      throws InterruptedException {
    if (People.means(command, rest)) {
      return people(command, rest);
    }
    return switch (command) {
      case "operator" -> operator(rest, environment);
      case "backup" -> {
        Arguments.parse(rest, Set.of("namespace", "backupsession", "volume-snapshot-class-name"), Set.of());
        yield new BackupCommand(job(environment)).run();
      }
      case "restore" -> {
        Arguments.parse(rest, Set.of("namespace", "restoresession", "snapshot", "task-name"), Set.of());
        yield new RestoreCommand(job(environment)).run();
      }
      case "trigger" -> new TriggerCommand(job(environment), TriggerCommand.request(rest, environment)).run();
      case "sandbox" -> sandbox(rest);
      case "version" -> {
        System.out.println("snapstash " + Version.TEXT);
        yield ExitCode.DONE.code();
      }
      default -> StorageCommand.Work.of(command).map(work -> storage(work, rest, environment))
          .orElseThrow(() -> new UsageException("unknown command: " + command));
    };
  }

  private static int people(String command, List<String> rest) throws InterruptedException {
    Logging.configure(new Settings.Log(Settings.Level.ERROR, Settings.Format.TEXT));
    try (SystemTime time = new SystemTime()) {
      return People.run(command, rest, new People.Terminal(System.out, System.err, time, isTerminal())).code();
    }
  }

  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private static int operator(List<String> rest, Map<String, String> environment) throws InterruptedException {
    Arguments arguments = Arguments.parse(rest, Set.of("config"), Set.of());
    Settings settings = SettingsReader.read(arguments.get("config").map(Path::of), environment);
    Logging.configure(settings.log());
    return new OperatorCommand(settings, environment).run().code();
  }

  /** Its own lines are for people; of the log only warnings come between them. */
  private static int sandbox(List<String> rest) throws InterruptedException {
    Logging.configure(new Settings.Log(Settings.Level.WARN, Settings.Format.TEXT));
    return new SandboxCommand(System.out, System.err).run(rest);
  }

  private static int storage(StorageCommand.Work work, List<String> rest, Map<String, String> environment) {
    Arguments.parse(rest, Set.of(), Set.of());
    return new StorageCommand(work, job(environment), UnaryOperator.identity(), Main::lastWord).run();
  }

  /** What the kubelet hands on as the termination message; outside of a Pod nobody reads it. */
  private static void lastWord(String message) {
    try {
      Files.writeString(TERMINATION_LOG, message);
    } catch (IOException nobodyListens) {
      System.out.println(message);
    }
  }

  private static JobContext job(Map<String, String> environment) {
    Logging.configure(new Settings.Log(Settings.Level.INFO, Settings.Format.TEXT));
    Config config = new ConfigBuilder(Config.autoConfigure(null)).withUserAgent("snapstash/job").build();
    return JobContext.of(config, new OkHttpClientFactory(), new SystemTime(), environment);
  }
}
