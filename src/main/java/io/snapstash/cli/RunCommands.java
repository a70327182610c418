package io.snapstash.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.Session;
import io.snapstash.app.ExitCode;
import io.snapstash.app.UsageException;
import io.snapstash.domain.naming.Names;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code trigger}, {@code pause} and {@code resume}. */
final class RunCommands {
  private RunCommands() {}

  /** A BackupSession per session, named after this moment. */
  static ExitCode trigger(Cluster cluster, CommandLine line, People.Terminal terminal) {
    String name = line.words(1, "trigger needs the name of one BackupConfiguration").getFirst();
    BackupConfiguration configuration = configuration(cluster, name);
    List<Session> all = Optional.ofNullable(configuration.getSpec().sessions()).orElse(List.of());
    List<String> wanted = line.get("sessions").map(text -> Arrays.asList(text.split(",")))
        .orElse(all.stream().map(Session::name).toList());
    for (String session : wanted) {
      if (all.stream().noneMatch(each -> session.equals(each.name()))) {
        throw new UsageException("BackupConfiguration " + name + " has no session " + session + "; it has "
            + String.join(", ", all.stream().map(Session::name).toList()));
      }
    }
    Instant now = terminal.time().now();
    all.stream().filter(session -> wanted.contains(session.name())).forEach(session -> {
      ObjectNode run = manifest(configuration, session, now);
      Cluster.await(cluster.kube().create(ResourceTypes.BACKUP_SESSIONS, cluster.namespace(), run));
      terminal.out().println("backupsession.core.kubestash.com/" + run.at("/metadata/name").asText() + " created");
    });
    return ExitCode.DONE;
  }

  private static BackupConfiguration configuration(Cluster cluster, String name) {
    return Cluster.await(cluster.kube().get(ResourceTypes.BACKUP_CONFIGURATIONS,
        new ResourceKey(cluster.namespace(), name)));
  }

  private static ObjectNode manifest(BackupConfiguration configuration, Session session, Instant now) {
    String name = configuration.getMetadata().getName();
    ObjectNode run = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "core.kubestash.com/v1alpha1").put("kind", "BackupSession");
    ObjectNode metadata = run.putObject("metadata").put("name", Names.backupSession(name, session.name(), now))
        .put("namespace", configuration.getMetadata().getNamespace());
    metadata.putObject("annotations").put(Labels.TRIGGER, "manual");
    metadata.putArray("ownerReferences").addObject().put("apiVersion", "core.kubestash.com/v1alpha1")
        .put("kind", "BackupConfiguration").put("name", name).put("uid", configuration.getMetadata().getUid())
        .put("controller", true).put("blockOwnerDeletion", true);
    ObjectNode spec = run.putObject("spec").put("session", session.name()).put("retryLeft", 0);
    spec.putObject("invoker").put("apiGroup", "core.kubestash.com").put("kind", "BackupConfiguration")
        .put("name", name);
    if (session.backupTimeout() != null) {
      spec.put("backupTimeout", session.backupTimeout());
    }
    return run;
  }

  static ExitCode pause(Cluster cluster, CommandLine line, People.Terminal terminal, boolean paused) {
    String usage = (paused ? "pause" : "resume") + " needs the name of one BackupConfiguration";
    String name = line.words(1, usage).getFirst();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("paused", paused);
    Cluster.await(cluster.kube().patch(ResourceTypes.BACKUP_CONFIGURATIONS,
        new ResourceKey(cluster.namespace(), name), patch));
    terminal.out().println("backupconfiguration.core.kubestash.com/" + name + (paused ? " paused" : " resumed"));
    return ExitCode.DONE;
  }
}
