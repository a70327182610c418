package io.snapstash.crash;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.snapstash.engine.Time;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Runs our commands, each with a signature of its own on its requests, so that it can be killed at one of them. */
final class MortalContainers implements ContainerRunner {
  private static final String IMAGE = Programs.IMAGE_PREFIX;

  private final Vertx vertx;
  private final Config connection;
  private final Time time;
  private final Tribunal tribunal;
  private final Function<String, Optional<CrashRun>> runs;
  private final AtomicInteger started = new AtomicInteger();

  /** @param runs the run that owns a namespace */
  MortalContainers(Vertx vertx, Config connection, Time time, Tribunal tribunal,
      Function<String, Optional<CrashRun>> runs) {
    this.vertx = vertx;
    this.connection = connection;
    this.time = time;
    this.tribunal = tribunal;
    this.runs = runs;
  }

  @Override
  public boolean knows(String image) {
    return image != null && image.startsWith(IMAGE);
  }

  @Override
  public Running start(Container container) {
    CrashRun run = runs.apply(container.namespace())
        .orElseThrow(() -> new IllegalStateException("container in a foreign namespace: " + container.namespace()));
    String signature = "container-" + started.incrementAndGet();
    AtomicReference<Running> running = new AtomicReference<>();
    Mortal process = new Mortal(container.args().isEmpty() ? "container" : container.args().getFirst(), run, time,
        () -> vertx.runOnContext(_ -> running.get().kill()));
    tribunal.know(signature, process);
    Map<String, InProcessRunner.Command> commands = Programs.commands(vertx, process);
    running.set(new InProcessRunner(IMAGE, account -> new ConfigBuilder(connection).withUserAgent(signature)
        .withOauthToken(account).build(), commands).start(container));
    return running.get();
  }
}
