package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.app.ExitCode;
import io.snapstash.app.UsageException;
import io.snapstash.app.Version;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code debug}: from what failed to the condition, the event and the log that say why. */
final class DebugCommand {
  private static final Set<String> BAD_WHEN_TRUE = Set.of(Conditions.BACKUP_INCOMPLETE, Conditions.RESTORE_INCOMPLETE,
      Conditions.SNAPSHOT_CLEANUP_INCOMPLETE, Conditions.POD_PENDING_TOO_LONG, Conditions.FEATURE_UNAVAILABLE,
      Conditions.BACKUP_SKIPPED);
  private static final String USAGE = "debug needs backup BACKUPCONFIGURATION, restore RESTORESESSION, "
      + "backupstorage BACKUPSTORAGE or operator";
  private static final int LOG_LINES = 40;

  private final Cluster cluster;
  private final People.Terminal terminal;

  private DebugCommand(Cluster cluster, People.Terminal terminal) {
    this.cluster = cluster;
    this.terminal = terminal;
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
    title("BackupConfiguration", configuration,
        configuration.getStatus() == null ? null : configuration.getStatus().phase());
    if (configuration.getStatus() != null) {
      conditions(Stream.concat(list(configuration.getStatus().conditions()).stream(),
          list(configuration.getStatus().sessions()).stream().flatMap(each -> list(each.conditions()).stream())));
    }
    events("BackupConfiguration", configuration);
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
    chosen.ifPresentOrElse(this::run, () -> print("no run yet"));
  }

  private void run(BackupSession run) {
    title("BackupSession", run, run.getStatus() == null ? null : run.getStatus().phase());
    if (run.getStatus() != null) {
      conditions(list(run.getStatus().conditions()).stream());
      list(run.getStatus().retentionPolicy()).stream().filter(each -> each.error() != null && !each.error().isEmpty())
          .forEach(each -> print("  retention of " + each.repository() + ": " + each.error()));
    }
    Cluster.await(cluster.kube().list(ResourceTypes.SNAPSHOTS, Selection.in(cluster.namespace()))).stream()
        .filter(each -> each.getSpec() != null
            && run.getMetadata().getName().equals(each.getSpec().backupSession())).forEach(this::snapshot);
    events("BackupSession", run);
    logs(run, Labels.COMPONENT_BACKUP);
  }

  private void snapshot(Snapshot snapshot) {
    title("Snapshot", snapshot, snapshot.getStatus() == null ? null : snapshot.getStatus().phase());
    if (snapshot.getStatus() != null) {
      conditions(list(snapshot.getStatus().conditions()).stream());
      if (snapshot.getStatus().components() != null) {
        snapshot.getStatus().components().forEach((name, component) ->
            component(name, component.phase(), component.error()));
      }
    }
  }

  private void component(String name, String phase, String error) {
    print("  " + name + "   " + phase + (error == null ? "" : "   " + error));
  }

  private void restore(String name) {
    RestoreSession restore = get(ResourceTypes.RESTORE_SESSIONS, name);
    title("RestoreSession", restore, restore.getStatus() == null ? null : restore.getStatus().phase());
    if (restore.getStatus() != null) {
      conditions(list(restore.getStatus().conditions()).stream());
      if (restore.getStatus().components() != null) {
        restore.getStatus().components().forEach((part, component) ->
            component(part, component.phase(), component.error()));
      }
    }
    events("RestoreSession", restore);
    logs(restore, Labels.COMPONENT_RESTORE);
  }

  private void storage(String name) {
    BackupStorage storage = get(ResourceTypes.BACKUP_STORAGES, name);
    title("BackupStorage", storage, storage.getStatus() == null ? null : storage.getStatus().phase());
    if (storage.getStatus() != null) {
      conditions(list(storage.getStatus().conditions()).stream());
    }
    events("BackupStorage", storage);
  }

  private void operator() {
    print("snapstash " + Version.TEXT + " (this command)");
    Selection operators = Selection.labelled("app.kubernetes.io/name=snapstash");
    List<Pod> pods = Cluster.await(cluster.kube().list(ResourceTypes.PODS, operators));
    if (pods.isEmpty()) {
      print("no Pod of the operator is there");
    }
    pods.forEach(pod -> {
      print(pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName() + "   "
          + Optional.ofNullable(pod.getStatus()).map(status -> status.getPhase()).orElse("") + "   "
          + String.join(", ", pod.getSpec().getContainers().stream().map(each -> each.getImage()).toList()));
      log(pod);
    });
  }

  private void logs(HasMetadata owner, String component) {
    Selection pods = new Selection(cluster.namespace(), Labels.INVOKER_NAME + "="
        + Shortening.labelValue(owner.getMetadata().getName()) + "," + Labels.COMPONENT + "=" + component, "");
    List<Pod> found = cluster.listIfAllowed(ResourceTypes.PODS, pods);
    if (found.isEmpty()) {
      print("  no Pod of its Job is there any more");
    }
    found.forEach(this::log);
  }

  private void log(Pod pod) {
    String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName()
        + "/log?tailLines=" + LOG_LINES;
    print("Log of Pod " + pod.getMetadata().getName());
    try {
      byte[] text = Cluster.await(cluster.kube().raw("GET", path, Optional.empty()));
      new String(text, StandardCharsets.UTF_8).lines().forEach(line -> print("  " + line));
    } catch (KubeFailure failure) {
      print("  not to be had: " + failure.getMessage());
    }
  }

  private void events(String kind, HasMetadata object) {
    Selection about = new Selection(object.getMetadata().getNamespace(), "", "involvedObject.kind=" + kind
        + ",involvedObject.name=" + object.getMetadata().getName());
    cluster.listIfAllowed(ResourceTypes.EVENTS, about).stream()
        .filter(event -> "Warning".equals(event.getType()))
        .forEach(event -> print("  event " + event.getReason() + ": " + event.getMessage()));
  }

  private void conditions(Stream<Condition> conditions) {
    Columns columns = new Columns(List.of("  CONDITION", "STATUS", "REASON", "MESSAGE"));
    conditions.filter(each -> "False".equals(each.status())
            || "True".equals(each.status()) && BAD_WHEN_TRUE.contains(each.type()))
        .forEach(each -> columns.row("  " + each.type(), each.status(), Objects.toString(each.reason(), ""),
            Objects.toString(each.message(), "")));
    if (!columns.isEmpty()) {
      terminal.out().print(columns);
    }
  }

  private void title(String kind, HasMetadata object, String phase) {
    print(kind + " " + object.getMetadata().getNamespace() + "/" + object.getMetadata().getName() + ": "
        + (phase == null ? "no phase yet" : phase));
  }

  private void print(String text) {
    terminal.out().println(text);
  }

  private <T extends HasMetadata> T get(ResourceType<T> type, String name) {
    return Cluster.await(cluster.kube().get(type, new ResourceKey(cluster.namespace(), name)));
  }

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }
}
