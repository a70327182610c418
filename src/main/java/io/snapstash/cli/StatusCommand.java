package io.snapstash.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.app.ExitCode;
import io.snapstash.app.UsageException;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.picture.Inventories;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.snapstash.picture.RetentionFates;
import io.snapstash.picture.Work;
import java.util.List;
import java.util.Set;

/** {@code status}: the picture of the page, as a table or as data, made from what the user may see. */
final class StatusCommand {
  private static final Set<String> OUTPUTS = Set.of("table", "wide", "json", "yaml");
  private static final long PAUSE = 5_000;

  private StatusCommand() {}

  static ExitCode run(Cluster cluster, CommandLine line, People.Terminal terminal) throws InterruptedException {
    line.words(0, "status takes no names; -n NAMESPACE or -A says where to look");
    String output = line.get("output").orElse("table");
    if (!OUTPUTS.contains(output)) {
      throw new UsageException("-o is one of table, wide, json and yaml");
    }
    String namespace = line.has("all-namespaces") ? "" : cluster.namespace();
    String shown = "";
    do {
      Picture picture = new PictureMaker(new RetentionFates()).make(inventory(cluster, namespace), terminal.time().now());
      String text = text(picture, output);
      if (!text.equals(shown)) {
        terminal.out().print(text);
        terminal.out().flush();
        shown = text;
      }
      if (line.has("watch")) {
        Thread.sleep(PAUSE);
      }
    } while (line.has("watch"));
    return ExitCode.DONE;
  }

  static Inventory inventory(Cluster cluster, String namespace) {
    Selection here = Selection.in(namespace);
    Selection ours = Selection.labelled(Labels.MANAGED_BY + "=" + Labels.MANAGED_BY_VALUE).within(namespace);
    List<Snapshot> snapshots = Cluster.await(cluster.kube().list(ResourceTypes.SNAPSHOTS, here));
    return new Inventory(Cluster.await(cluster.kube().list(ResourceTypes.BACKUP_CONFIGURATIONS, here)),
        Cluster.await(cluster.kube().list(ResourceTypes.BACKUP_SESSIONS, here)),
        Cluster.await(cluster.kube().list(ResourceTypes.RESTORE_SESSIONS, here)), snapshots,
        Cluster.await(cluster.kube().list(ResourceTypes.REPOSITORIES, here)),
        cluster.listIfAllowed(ResourceTypes.BACKUP_STORAGES, here),
        cluster.listIfAllowed(ResourceTypes.RETENTION_POLICIES, here),
        Inventories.claims(cluster.listIfAllowed(ResourceTypes.CLAIMS.metadataOnly(), here)),
        Inventories.saved(snapshots), new Work(Work.asked(cluster.listIfAllowed(ResourceTypes.JOBS, ours)),
            Work.bound(cluster.listIfAllowed(ResourceTypes.CLAIMS, ours))));
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
