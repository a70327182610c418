package io.snapstash.sandbox;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.app.OperatorCommand;
import io.snapstash.app.OperatorRuntime;
import io.snapstash.app.OperatorWeb;
import io.snapstash.app.Settings;
import io.snapstash.app.SettingsReader;
import io.snapstash.engine.Time;
import io.snapstash.job.BackupCommand;
import io.snapstash.job.JobContext;
import io.snapstash.job.RestoreCommand;
import io.snapstash.job.StorageCommand;
import io.snapstash.job.TriggerCommand;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.snapstash.web.HealthChecks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operator and the job commands, unchanged, as they run inside the sandbox's process. */
public final class Programs {
  /** Containers of images that begin with this are ours. */
  public static final String IMAGE_PREFIX = "snapstash/";
  public static final String IMAGE = IMAGE_PREFIX + "snapstash:sandbox";
  public static final String OPERATOR = "snapstash/operator";
  /** The setting that makes the operator serve its page. */
  public static final String PORT = "SNAPSTASH_HTTP_PORT";

  private Programs() {}

  public static OperatorProcess operator() {
    return operator(Map.of());
  }

  /** With further settings, by the names of their environment variables. */
  public static OperatorProcess operator(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("SNAPSTASH_IMAGE", IMAGE);
    environment.putIfAbsent("SNAPSTASH_BACKUP_STARTSPREAD", "0s");
    environment.putIfAbsent("SNAPSTASH_LEADERELECTION_ENABLED", "false");
    return (vertx, connection, time) -> {
      Settings settings = SettingsReader.read(Optional.empty(), environment);
      Config config = new ConfigBuilder(connection).withUserAgent(OPERATOR).build();
      OperatorRuntime runtime = OperatorRuntime.create(new OperatorRuntime.Surroundings(vertx, config, time,
          settings.kube().maxRequests(), settings.kube().requestTimeout(),
          OperatorCommand.turns(settings, environment, config)),
          OperatorCommand.controllers(settings, environment), OperatorCommand.stores(settings, environment));
      Future<Optional<String>> page = environment.containsKey(PORT) ? page(vertx, settings, runtime, time)
          : Future.succeededFuture(Optional.empty());
      return page.compose(served -> runtime.start().map(_ -> new Started(vertx, runtime, served)));
    };
  }

  /** Served only where a port is asked for. */
  private static Future<Optional<String>> page(Vertx vertx, Settings settings, OperatorRuntime runtime, Time time) {
    return vertx.deployVerticle(OperatorWeb.create(vertx, settings, runtime, HealthChecks.create(), time))
        .map(Optional::of);
  }

  /** @param page the deployment that serves it, if one does */
  private record Started(Vertx vertx, OperatorRuntime runtime, Optional<String> page)
      implements OperatorProcess.Running {
    @Override
    public Future<Void> stop() {
      runtime.abandon();
      return withdrawn();
    }

    @Override
    public Future<Void> end() {
      return runtime.stop(Duration.ofSeconds(20)).compose(_ -> withdrawn());
    }

    private Future<Void> withdrawn() {
      return page.map(vertx::undeploy).orElse(Future.succeededFuture());
    }
  }

  public static Map<String, InProcessRunner.Command> commands(Vertx vertx, Time time) {
    Map<String, InProcessRunner.Command> all = new HashMap<>(Map.of(
        "backup", command(vertx, time, (_, job) -> new BackupCommand(job).run()),
        "restore", command(vertx, time, (_, job) -> new RestoreCommand(job).run()),
        "trigger", command(vertx, time, (container, job) -> new TriggerCommand(job, TriggerCommand.request(
            container.args().subList(1, container.args().size()), container.env())).run())));
    for (StorageCommand.Work work : StorageCommand.Work.values()) {
      all.put("storage-" + work.name().toLowerCase(Locale.ROOT), command(vertx, time, (container, job) ->
          new StorageCommand(work, job, container::seen, container.lastWord()).run()));
    }
    return all;
  }

  @FunctionalInterface
  private interface Program {
    int run(ContainerRunner.Container container, JobContext job);
  }

  private static InProcessRunner.Command command(Vertx vertx, Time time, Program program) {
    return (container, connection, lifeline) -> {
      JobContext job = JobContext.of(connection, new VertxHttpClientFactory(vertx), time, container.env());
      lifeline.onKill(job.kube()::close);
      try {
        return program.run(container, job);
      } finally {
        job.kube().close();
      }
    };
  }
}
