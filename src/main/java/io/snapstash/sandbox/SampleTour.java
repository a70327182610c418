package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.Await.Progress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes one sample through its life: workload, backup, a change of the source after the cut, restore, and a look at
 * what the restored volumes hold. Every step fails with a sentence that says what was waited for.
 */
final class SampleTour {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration NEXT_SLOT = Duration.ofSeconds(150);
  static final int STEPS = 5;

  /** One line of the closing table. */
  record Row(String sample, String claim, String volumeSnapshot, String snapshot, String restored, String content) {}

  private final World world;
  private final Await await;
  private final Terminal terminal;
  private final Sample sample;

  SampleTour(World world, Terminal terminal, Sample sample) {
    this.world = world;
    this.await = new Await(world.parts().vertx(), world.client(), world.parts().time());
    this.terminal = terminal;
    this.sample = sample;
  }

  Future<List<Row>> run() {
    return prepare().compose(_ -> backUp()).compose(_ -> sample.bySchedule() ? nextSlot() : Future.succeededFuture())
        .compose(_ -> change()).compose(_ -> restore()).compose(_ -> compare())
        .onComplete(_ -> terminal.waitsNoMore(sample.folder()));
  }

  private <T> Future<T> waitingFor(String what, Future<T> future) {
    terminal.waitsFor(sample.folder(), what);
    return future.onComplete(_ -> terminal.waitsNoMore(sample.folder()));
  }

  /** The workload, its claims and what they hold. */
  Future<Void> prepare() {
    return world.apply(sample.manifests("workload.yaml"))
        .compose(_ -> waitingFor("claims bound", bound(sample.claims().keySet())))
        .compose(_ -> write("before"))
        .onSuccess(_ -> terminal.step(sample.folder(), "workload is up, " + sample.claims().size()
            + " claim(s) bound, content written"));
  }

  private Future<Boolean> bound(Set<String> names) {
    return await.until(ResourceTypes.CLAIMS, Selection.in(Sample.NAMESPACE), SOON, claims -> {
      List<String> missing = names.stream().filter(name -> claims.stream().noneMatch(claim ->
          claim.getMetadata().getName().equals(name) && isBound(claim))).toList();
      return missing.isEmpty() ? new Progress.Reached<>(true) : new Progress.Waiting<>("claims not bound: " + missing);
    });
  }

  private static boolean isBound(PersistentVolumeClaim claim) {
    return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
  }

  private Future<Void> write(String when) {
    return Future.all(sample.claims().keySet().stream()
        .map(claim -> world.write(Sample.NAMESPACE, claim, content(claim, when))).toList()).mapEmpty();
  }

  private static String content(String claim, String when) {
    return "what " + claim + " held " + when + " the cut";
  }

  /** The first run of its BackupConfiguration. */
  Future<Void> backUp() {
    return world.apply(sample.manifests("backupconfiguration.yaml"))
        .compose(_ -> waitingFor("BackupConfiguration ready", await.until(ResourceTypes.BACKUP_CONFIGURATIONS,
            Selection.one(Sample.NAMESPACE, sample.name()), SOON, SampleTour::ready)))
        .compose(_ -> waitingFor("initial backup", session("initial", SOON)))
        .onSuccess(session -> terminal.step(sample.folder(), told(session, "initial"))).mapEmpty();
  }

  private static String told(BackupSession session, String trigger) {
    return trigger + " backup " + session.getMetadata().getName() + " " + Await.phase(session) + " in "
        + Await.tree(session).at("/status/duration").asText("?");
  }

  private static Progress<BackupConfiguration> ready(Collection<BackupConfiguration> found) {
    return judge(found, "no BackupConfiguration", Set.of(Phases.READY), Set.of(Phases.INVALID));
  }

  private static <T extends HasMetadata> Progress<T> judge(Collection<T> found, String otherwise, Set<String> good,
      Set<String> bad) {
    Optional<T> newest = Await.newest(found);
    if (newest.isEmpty()) {
      return new Progress.Waiting<>(otherwise);
    }
    String phase = Await.phase(newest.get());
    return good.contains(phase) ? new Progress.Reached<>(newest.get())
        : bad.contains(phase) ? new Progress.Hopeless<>(Await.describe(newest.get()))
        : new Progress.Waiting<>(Await.describe(newest.get()));
  }

  private Future<BackupSession> session(String trigger, Duration limit) {
    return await.until(ResourceTypes.BACKUP_SESSIONS, Selection.in(Sample.NAMESPACE), limit, sessions -> judge(
        sessions.stream().filter(session -> session.getSpec().invoker().name().equals(sample.name()))
            .filter(session -> triggerOf(session).equals(trigger)).toList(),
        "no backup by " + trigger, Set.of(Phases.SUCCEEDED), Set.of(Phases.FAILED, Phases.SKIPPED)));
  }

  private static String triggerOf(BackupSession session) {
    return Stream.of(session.getMetadata().getAnnotations(), session.getMetadata().getLabels())
        .filter(map -> map != null && map.containsKey(Labels.TRIGGER)).map(map -> map.get(Labels.TRIGGER))
        .findFirst().orElse("");
  }

  /** The schedule is paused afterwards, so that {@code latest} stays the one from before the change. */
  private Future<Void> nextSlot() {
    return waitingFor("next minute of the schedule", session("schedule", NEXT_SLOT))
        .onSuccess(session -> terminal.step(sample.folder(), told(session, "scheduled")))
        .compose(_ -> pause(true))
        .compose(_ -> await.until(ResourceTypes.BACKUP_SESSIONS, Selection.in(Sample.NAMESPACE), SOON, sessions ->
            sessions.stream().filter(session -> session.getSpec().invoker().name().equals(sample.name()))
                .anyMatch(session -> Set.of("none", Phases.PENDING, Phases.RUNNING).contains(Await.phase(session)))
            ? new Progress.Waiting<Boolean>("a backup still runs") : new Progress.Reached<>(true))).mapEmpty();
  }

  private Future<Void> pause(boolean paused) {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    patch.putObject("spec").put("paused", paused);
    return world.client().patch(ResourceTypes.BACKUP_CONFIGURATIONS,
        new ResourceKey(Sample.NAMESPACE, sample.name()), patch).mapEmpty();
  }

  private Future<Void> change() {
    return write("after").onSuccess(_ -> terminal.step(sample.folder(), "source content changed after the cut"));
  }

  Future<Void> restore() {
    Set<String> done = sample.consumer().isPresent() ? Set.of(Phases.SUCCEEDED, Phases.UNKNOWN)
        : Set.of(Phases.SUCCEEDED);
    return world.apply(sample.manifests("restoresession.yaml"))
        .compose(_ -> waitingFor("restore", restored(done)))
        .compose(_ -> consume())
        .onSuccess(session -> terminal.step(sample.folder(), "restore " + session.getMetadata().getName() + " "
            + Await.phase(session)))
        .compose(_ -> sample.bySchedule() ? pause(false) : Future.succeededFuture());
  }

  private Future<RestoreSession> restored(Set<String> done) {
    return await.until(ResourceTypes.RESTORE_SESSIONS, Selection.one(Sample.NAMESPACE, sample.restoreSession()), SOON,
        found -> judge(found, "no RestoreSession", done, Set.of(Phases.FAILED, Phases.INVALID)));
  }

  /** The restored claims may wait for somebody to use them. */
  private Future<RestoreSession> consume() {
    if (sample.consumer().isEmpty()) {
      return restored(Set.of(Phases.SUCCEEDED));
    }
    terminal.line(sample.folder(), "claims are made and wait for their first consumer: applying it");
    return world.apply(sample.manifests(sample.consumer().get()))
        .compose(_ -> waitingFor("restored claims bound", restored(Set.of(Phases.SUCCEEDED))));
  }

  /** What the restored claims hold, against what the sources held at the cut. */
  Future<List<Row>> compare() {
    return Future.join(bound(Set.copyOf(sample.claims().values())), snapshots()).compose(found -> {
      List<Snapshot> snapshots = found.resultAt(1);
      List<Future<Row>> rows = new ArrayList<>();
      sample.claims().forEach((source, target) -> rows.add(compare(source, target, snapshots)));
      return Future.all(rows).map(_ -> rows.stream().map(Future::result).toList());
    }).onSuccess(_ -> terminal.step(sample.folder(), "restored content compared"));
  }

  private Future<List<Snapshot>> snapshots() {
    return world.list(ResourceTypes.SNAPSHOTS, Sample.NAMESPACE);
  }

  private Future<Row> compare(String source, String target, List<Snapshot> snapshots) {
    return Future.join(world.read(Sample.NAMESPACE, target), claim(target)).map(both -> {
      Optional<String> bytes = both.resultAt(0);
      PersistentVolumeClaim claim = both.resultAt(1);
      boolean same = bytes.filter(content(source, "before")::equals).isPresent();
      String volumeSnapshot = Await.tree(claim).at("/spec/dataSourceRef/name").asText("none");
      String snapshot = snapshots.stream().filter(candidate -> mentions(Await.tree(candidate), volumeSnapshot))
          .map(candidate -> candidate.getMetadata().getName()).findFirst().orElse("none");
      return new Row(sample.folder(), source, volumeSnapshot, snapshot, target,
          same ? "as before" : "DIFFERS: " + bytes.orElse("no volume"));
    });
  }

  private Future<PersistentVolumeClaim> claim(String name) {
    ResourceType<PersistentVolumeClaim> type = ResourceTypes.CLAIMS;
    return world.client().get(type, new ResourceKey(Sample.NAMESPACE, name));
  }

  private static boolean mentions(JsonNode snapshot, String volumeSnapshot) {
    return snapshot.at("/status/components").toString().contains("\"" + volumeSnapshot + "\"");
  }
}
