package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What must be so of a tenant whenever all has come to rest, whatever has happened before. */
final class Soundness {
  private final Tenant tenant;
  private final CrashRun run;
  private final CrashWorld world;
  private final List<String> wrong = new ArrayList<>();

  private Soundness(Tenant tenant) {
    this.tenant = tenant;
    this.run = tenant.run();
    this.world = run.world();
  }

  /** @return what is wrong */
  static List<String> of(Tenant tenant) {
    Soundness soundness = new Soundness(tenant);
    soundness.lookAtSnapshots();
    soundness.lookAtCatalogue();
    soundness.lookAtNumbers();
    soundness.lookAtHooks();
    return soundness.wrong.stream().map(each -> tenant.run() + ": " + each).toList();
  }

  private void expect(boolean so, String otherwise) {
    if (!so) {
      wrong.add(otherwise);
    }
  }

  /** Each good copy is there, from the Snapshot to the array, and no copy is nobody's. */
  private void lookAtSnapshots() {
    Set<String> noted = new TreeSet<>();
    for (HasMetadata snapshot : run.list(SNAPSHOTS)) {
      JsonNode tree = Json.MAPPER.valueToTree(snapshot);
      StreamSupport.stream(tree.at("/status/components").spliterator(), false)
          .flatMap(component -> StreamSupport.stream(component.path("volumeSnapshotterStats").spliterator(), false))
          .map(stats -> stats.path("volumeSnapshotName").asText()).filter(name -> !name.isEmpty())
          .forEach(name -> {
            noted.add(name);
            if (CrashRun.phase(snapshot).equals("Succeeded")) {
              lookAtCopy(snapshot.getMetadata().getName(), name);
            }
          });
    }
    // One that a run made and did not live to note goes with the Snapshot of that run.
    Set<String> runs = run.list(SNAPSHOTS).stream().map(Soundness::uidOfRun).collect(Collectors.toSet());
    run.list(CsiTypes.VOLUME_SNAPSHOTS).stream().filter(each -> !runs.contains(uidOfRun(each)))
        .map(each -> each.getMetadata().getName())
        .forEach(name -> expect(noted.contains(name), "VolumeSnapshot " + name + " is in no Snapshot"));
    long cuts = world.disks().snapshotHandles().stream().filter(handle -> world.disks().snapshot(handle)
        .flatMap(cut -> world.disks().volume(cut.volume())).filter(volume -> volume.claim()
            .startsWith(run.namespace() + "/")).isPresent()).count();
    expect(cuts == run.list(CsiTypes.VOLUME_SNAPSHOTS).size(), cuts + " snapshots on the array for "
        + run.list(CsiTypes.VOLUME_SNAPSHOTS).size() + " VolumeSnapshots");
  }

  private static String uidOfRun(HasMetadata object) {
    return object.getMetadata().getAnnotations() == null ? "none"
        : object.getMetadata().getAnnotations().getOrDefault(Labels.BACKUP_SESSION_UID, "none");
  }

  private void lookAtCopy(String snapshot, String name) {
    JsonNode copy = run.find(CsiTypes.VOLUME_SNAPSHOTS, name).<JsonNode>map(Json.MAPPER::valueToTree)
        .orElse(Json.MAPPER.missingNode());
    expect(copy.at("/status/readyToUse").asBoolean(), "Snapshot " + snapshot + " has succeeded, and VolumeSnapshot "
        + name + " is not ready");
    String content = copy.at("/status/boundVolumeSnapshotContentName").asText();
    String handle = CrashWorld.await(world.client().find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS,
        ResourceKey.clusterScoped(content))).map(found -> Json.MAPPER.<JsonNode>valueToTree(found)
            .at("/status/snapshotHandle").asText()).orElse("");
    expect(world.disks().snapshot(handle).isPresent(), "Snapshot " + snapshot + " has succeeded, and the array lacks "
        + name);
  }

  /** The catalogue tells the same as the cluster. */
  private void lookAtCatalogue() {
    Set<String> stored = world.stored(run.namespace()).keySet().stream().filter(key -> key.contains("/snapshots/"))
        .map(key -> key.replaceAll(".*/", "").replace(".yaml", "")).collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = run.list(SNAPSHOTS).stream().map(each -> each.getMetadata().getName())
        .collect(Collectors.toCollection(TreeSet::new));
    expect(stored.equals(known), "the catalogue has " + stored + ", the cluster " + known);
  }

  /** History and retention have done their work, and nothing is piled up. */
  private void lookAtNumbers() {
    long good = run.list(SNAPSHOTS).stream().filter(each -> CrashRun.phase(each).equals("Succeeded")).count();
    expect(good >= 1 && good <= Tenant.KEPT, good + " good Snapshots");
    int runs = run.list(BACKUP_SESSIONS).size();
    expect(runs <= 2 * Tenant.HISTORY, runs + " BackupSessions");
    long jobs = run.list(JOBS).stream().filter(each -> !each.getMetadata().getName().startsWith("trigger-")).count();
    int restores = run.list(RESTORE_SESSIONS).size();
    expect(jobs <= runs + restores, jobs + " Jobs for " + runs + " backups and " + restores + " restores");
  }

  private void lookAtHooks() {
    if (tenant.hasDatabase()) {
      List<String> calls = run.calls();
      expect(!calls.isEmpty() && calls.getLast().equals("thaw"), "the database is frozen: " + calls);
    }
  }

  /** What the restore of a run in calm brings back. */
  static List<String> ofRestored(Tenant tenant) {
    String claim = tenant.lastRestored();
    String wanted = tenant.content(tenant.claims().getFirst());
    CrashWorld world = tenant.run().world();
    String found = CrashWorld.await(world.world().read(tenant.run().namespace(), claim)).orElse("nothing");
    return found.equals(wanted) ? List.of()
        : List.of(tenant.run() + ": restored \"" + found + "\" instead of \"" + wanted + "\"");
  }
}
