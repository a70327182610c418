package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs our commands inside this process, each on a thread of its own, with a connection that carries the name of its
 * ServiceAccount. A killed one gets its connection cut and its thread interrupted, so that nothing it does afterwards
 * reaches the cluster.
 */
public final class InProcessRunner implements ContainerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(InProcessRunner.class);
  private static final int WRONG_USAGE = 64;
  private static final int OUR_BUG = 1;
  private static final int KILLED = 137;

  /** A command as it can be run here. */
  @FunctionalInterface
  public interface Command {
    /** Runs to its end and returns the exit code; an interrupt means that nobody waits for it any more. */
    int run(Container container, Config connection, Lifeline lifeline) throws Exception;
  }

  /** Takes what is told about a container, one line at a time; for {@code kubectl logs}. */
  @FunctionalInterface
  public interface Output {
    void line(Container container, String line);
  }

  /** Takes what has to be closed when the container is killed. */
  public static final class Lifeline {
    private final AtomicReference<Runnable> cut = new AtomicReference<>(() -> { });

    public void onKill(Runnable action) {
      cut.set(action);
    }

    void cut() {
      cut.getAndSet(() -> { }).run();
    }
  }

  private final String image;
  private final Function<String, Config> connections;
  private final Map<String, Command> commands;
  private final Output output;

  /**
   * Containers whose image begins with the given text are run by the command that their first argument names.
   *
   * @param connections from the user name of a ServiceAccount to the connection its containers use
   */
  public InProcessRunner(String image, Function<String, Config> connections, Map<String, Command> commands) {
    this(image, connections, commands, (_, _) -> { });
  }

  /** As above, and tells when containers start and end. What they log themselves cannot be told apart by container. */
  public InProcessRunner(String image, Function<String, Config> connections, Map<String, Command> commands,
      Output output) {
    this.image = image;
    this.connections = connections;
    this.commands = Map.copyOf(commands);
    this.output = output;
  }

  @Override
  public boolean knows(String candidate) {
    return candidate != null && candidate.startsWith(image);
  }

  @Override
  public Running start(Container container) {
    Command command = container.args().isEmpty() ? null : commands.get(container.args().getFirst());
    Run run = new Run();
    if (command == null) {
      LOG.warn("container refused pod={}/{} args={}", container.namespace(), container.pod(), container.args());
      output.line(container, "no such command: " + container.args());
      run.exit.complete(WRONG_USAGE);
      return run;
    }
    output.line(container, "started inside the sandbox's process, args=" + container.args()
        + "; its own lines are in the log of the sandbox");
    run.exit.future().onSuccess(code -> output.line(container, "ended, exit code " + code));
    run.thread = Thread.ofPlatform().daemon().name("pod-" + container.pod()).start(() -> {
      int code = OUR_BUG;
      try {
        code = command.run(container, connections.apply(container.serviceAccount()), run.lifeline);
      } catch (Exception failure) {
        LOG.debug("container failed pod={}/{}", container.namespace(), container.pod(), failure);
        output.line(container, "failed: " + failure);
      } finally {
        run.exit.tryComplete(code);
      }
    });
    return run;
  }

  private static final class Run implements Running {
    private final Promise<Integer> exit = Promise.promise();
    private final Lifeline lifeline = new Lifeline();
    private volatile Thread thread;

    @Override
    public Future<Integer> exit() {
      return exit.future();
    }

    @Override
    public void kill() {
      if (exit.tryComplete(KILLED)) {
        lifeline.cut();
        Optional.ofNullable(thread).ifPresent(Thread::interrupt);
      }
    }
  }
}
