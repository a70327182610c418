package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Labels;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.app.ExitCode;
import io.snapstash.app.UsageException;
import io.snapstash.app.Version;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.storage.Trial;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code debug}: from what failed to the condition, the event and the log that say why. */
final class DebugCommand {
  private static final String USAGE = "debug needs backup BACKUPCONFIGURATION, restore RESTORESESSION, "
      + "backupstorage BACKUPSTORAGE or operator";

  private final Cluster cluster;
  private final Findings findings;

  private DebugCommand(Cluster cluster, People.Terminal terminal) {
    this.cluster = cluster;
    this.findings = new Findings(cluster, terminal.out());
  }

  static ExitCode run(Cluster cluster, CommandLine line, People.Terminal terminal) {
    DebugCommand command = new DebugCommand(cluster, terminal);
    if (line.firstWord().equals("operator")) {
      line.words(1, USAGE);
      command.operator();
      return ExitCode.DONE;
    }
    List<String> words = line.words(2, USAGE);
    switch (words.getFirst()) {
      case "backup" -> command.backup(words.get(1), line);
      case "restore" -> command.restore(words.get(1));
      case "backupstorage" -> command.storage(words.get(1));
      default -> throw new UsageException(USAGE);
    }
    return ExitCode.DONE;
  }

  private void backup(String name, CommandLine line) {
    BackupConfiguration configuration = get(ResourceTypes.BACKUP_CONFIGURATIONS, name);
    findings.title("BackupConfiguration", configuration,
        configuration.getStatus() == null ? null : configuration.getStatus().phase());
    if (configuration.getStatus() != null) {
      findings.conditions(Stream.concat(list(configuration.getStatus().conditions()).stream(),
          list(configuration.getStatus().sessions()).stream().flatMap(each -> list(each.conditions()).stream())));
    }
    findings.events("BackupConfiguration", configuration);
    List<String> sessions = line.get("sessions").map(text -> Arrays.asList(text.split(","))).orElse(List.of());
    List<BackupSession> runs = Cluster.await(cluster.kube().list(ResourceTypes.BACKUP_SESSIONS,
            Selection.in(cluster.namespace()))).stream()
        .filter(run -> run.getSpec() != null && run.getSpec().invoker() != null
            && name.equals(run.getSpec().invoker().name()))
        .filter(run -> sessions.isEmpty() || sessions.contains(run.getSpec().session()))
        .sorted(Comparator.comparing((BackupSession run) -> run.getMetadata().getCreationTimestamp()).reversed())
        .toList();
    Optional<BackupSession> chosen = line.has("latest") ? runs.stream().findFirst()
        : runs.stream().filter(run -> run.getStatus() != null && "Failed".equals(run.getStatus().phase())).findFirst()
            .or(() -> runs.stream().findFirst());
    chosen.ifPresentOrElse(this::run, () -> findings.print("no run yet"));
  }

  private void run(BackupSession run) {
    findings.title("BackupSession", run, run.getStatus() == null ? null : run.getStatus().phase());
    if (run.getStatus() != null) {
      findings.conditions(list(run.getStatus().conditions()).stream());
      list(run.getStatus().retentionPolicy()).stream().filter(each -> each.error() != null && !each.error().isEmpty())
          .forEach(each -> findings.print("  retention of " + each.repository() + ": " + each.error()));
    }
    Cluster.await(cluster.kube().list(ResourceTypes.SNAPSHOTS, Selection.in(cluster.namespace()))).stream()
        .filter(each -> each.getSpec() != null
            && run.getMetadata().getName().equals(each.getSpec().backupSession())).forEach(this::snapshot);
    findings.events("BackupSession", run);
    findings.work(run, Labels.COMPONENT_BACKUP);
  }

  private void snapshot(Snapshot snapshot) {
    findings.title("Snapshot", snapshot, snapshot.getStatus() == null ? null : snapshot.getStatus().phase());
    if (snapshot.getStatus() != null) {
      findings.conditions(list(snapshot.getStatus().conditions()).stream());
      if (snapshot.getStatus().components() != null) {
        snapshot.getStatus().components().forEach((name, component) ->
            findings.component(name, component.phase(), component.error()));
      }
    }
    findings.events("Snapshot", snapshot);
  }

  private void restore(String name) {
    RestoreSession restore = get(ResourceTypes.RESTORE_SESSIONS, name);
    findings.title("RestoreSession", restore, restore.getStatus() == null ? null : restore.getStatus().phase());
    if (restore.getStatus() != null) {
      findings.conditions(list(restore.getStatus().conditions()).stream());
      if (restore.getStatus().components() != null) {
        restore.getStatus().components().forEach((part, component) ->
            findings.component(part, component.phase(), component.error()));
      }
    }
    findings.events("RestoreSession", restore);
    findings.work(restore, Labels.COMPONENT_RESTORE);
  }

  private void storage(String name) {
    BackupStorage storage = get(ResourceTypes.BACKUP_STORAGES, name);
    findings.title("BackupStorage", storage, storage.getStatus() == null ? null : storage.getStatus().phase());
    if (storage.getStatus() != null) {
      findings.conditions(list(storage.getStatus().conditions()).stream());
    }
    findings.events("BackupStorage", storage);
    findings.print("  " + Trial.FILE + ": " + StorageTrial.of(cluster, storage, System.getenv()));
  }

  private void operator() {
    findings.print("snapstash " + Version.TEXT + " (this command)");
    Selection operators = Selection.labelled("app.kubernetes.io/name=snapstash");
    List<Pod> pods = Cluster.await(cluster.kube().list(ResourceTypes.PODS, operators));
    if (pods.isEmpty()) {
      findings.print("no Pod of the operator is there");
    }
    pods.forEach(pod -> {
      findings.print("image " + String.join(", ", pod.getSpec().getContainers().stream()
          .map(each -> each.getImage()).toList()));
      findings.pod(pod);
    });
  }

  private <T extends HasMetadata> T get(ResourceType<T> type, String name) {
    return Cluster.await(cluster.kube().get(type, new ResourceKey(cluster.namespace(), name)));
  }

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }
}
