package io.snapstash.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.Snapshot;
import io.snapstash.app.ExitCode;
import io.snapstash.app.UsageException;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.ReadyVolumes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.picture.Inventories;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.snapstash.picture.RetentionFates;
import io.snapstash.picture.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code status}: the picture of the page, as a table or as data, made from what the user may see. */
final class StatusCommand {
  private static final Set<String> OUTPUTS = Set.of("table", "wide", "json", "yaml");

  private StatusCommand() {}

  static ExitCode run(Cluster cluster, CommandLine line, People.Terminal terminal) {
    line.words(0, "status takes no names; -n NAMESPACE or -A says where to look");
    String output = line.get("output").orElse("table");
    if (!OUTPUTS.contains(output)) {
      throw new UsageException("-o is one of table, wide, json and yaml");
    }
    String namespace = line.has("all-namespaces") ? "" : cluster.namespace();
    if (line.has("watch")) {
      String separator = output.equals("yaml") ? "---\n" : output.equals("json") ? "" : "\n";
      new StatusWatch(terminal, picture -> text(picture, output), separator).run(cluster, namespace);
      return ExitCode.DONE;
    }
    Picture picture = new PictureMaker(new RetentionFates()).make(inventory(cluster, namespace), terminal.time().now());
    terminal.out().print(text(picture, output));
    terminal.out().flush();
    return ExitCode.DONE;
  }

  /** Objects that the operator made. */
  static Selection ours(String namespace) {
    return Selection.labelled(Labels.MANAGED_BY + "=" + Labels.MANAGED_BY_VALUE).within(namespace);
  }

  static Inventory inventory(Cluster cluster, String namespace) {
    Selection here = Selection.in(namespace);
    List<Snapshot> snapshots = Cluster.await(cluster.kube().list(ResourceTypes.SNAPSHOTS, here));
    List<BackupSession> backups = Cluster.await(cluster.kube().list(ResourceTypes.BACKUP_SESSIONS, here));
    return new Inventory(Cluster.await(cluster.kube().list(ResourceTypes.BACKUP_CONFIGURATIONS, here)), backups,
        Cluster.await(cluster.kube().list(ResourceTypes.RESTORE_SESSIONS, here)), snapshots,
        Cluster.await(cluster.kube().list(ResourceTypes.REPOSITORIES, here)),
        cluster.listIfAllowed(ResourceTypes.BACKUP_STORAGES, here),
        cluster.listIfAllowed(ResourceTypes.RETENTION_POLICIES, here),
        Inventories.claims(cluster.listIfAllowed(ResourceTypes.CLAIMS.metadataOnly(), here)),
        Inventories.saved(snapshots), work(cluster, namespace, backups));
  }

  /** VolumeSnapshots are asked for only where a run is under way. */
  private static Work work(Cluster cluster, String namespace, List<BackupSession> backups) {
    Map<String, Set<ResourceKey>> done =
        new HashMap<>(Work.bound(cluster.listIfAllowed(ResourceTypes.CLAIMS, ours(namespace))));
    backups.stream().filter(run -> run.getStatus() != null && Phases.RUNNING.equals(run.getStatus().phase()))
        .forEach(run -> done.putAll(ReadyVolumes.byRun(cluster.listIfAllowed(CsiTypes.VOLUME_SNAPSHOTS,
            ReadyVolumes.of(run.getMetadata().getName()).within(namespace)))));
    return new Work(Work.asked(cluster.listIfAllowed(ResourceTypes.JOBS, ours(namespace))), done);
  }

  static String text(Picture picture, String output) {
    try {
      return switch (output) {
        case "json" -> Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(picture) + "\n";
        case "yaml" -> Json.YAML.writeValueAsString(picture);
        default -> StatusTable.of(picture, output.equals("wide"));
      };
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
