package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.CRON_JOBS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.kube.ResourceType;
import io.snapstash.sandbox.cluster.Behaviour;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody who uses a namespace for weeks, and to whom something happens all the time. */
final class Tenant {
  static final int KEPT = 2;
  static final int HISTORY = 3;
  private static final String HOOKS = """
      ---
      apiVersion: core.kubestash.com/v1alpha1
      kind: HookTemplate
      metadata: {name: freeze, namespace: demo}
      spec: {action: {exec: {command: [freeze]}}, executor: {type: Pod, pod: {selector: "app=db"}}}
      ---
      apiVersion: core.kubestash.com/v1alpha1
      kind: HookTemplate
      metadata: {name: thaw, namespace: demo}
      spec: {action: {exec: {command: [thaw]}}, executor: {type: Pod, pod: {selector: "app=db"}}}
      """;
  private static final String POLICY = """
      ---
      apiVersion: storage.kubestash.com/v1alpha1
      kind: RetentionPolicy
      metadata: {name: keep-two, namespace: demo}
      spec: {successfulSnapshots: {last: %d}, failedSnapshots: {last: 1}}
      """.formatted(KEPT);

  private final CrashRun run;
  private final RandomWeather weather;
  private final Behaviour behaviour;
  private final Random chance;
  private final boolean database;
  private int restores;
  private int writes;

  /** @param database whether it keeps a StatefulSet that is frozen for each backup, or else a claim */
  Tenant(CrashRun run, RandomWeather weather, Behaviour behaviour, Random chance, boolean database) {
    this.run = run;
    this.weather = weather;
    this.behaviour = behaviour;
    this.chance = chance;
    this.database = database;
  }

  CrashRun run() {
    return run;
  }

  boolean hasDatabase() {
    return database;
  }

  List<String> claims() {
    return database ? List.of("data-db-0", "data-db-1") : List.of("source");
  }

  void moveIn() {
    CrashStories.storage(run);
    run.apply(POLICY + (database ? Given.statefulSet("db", 2) + HOOKS : Given.claim("source")));
  }

  void backUp() {
    ABackup backup = database ? ABackup.ofWorkload("b", "StatefulSet", "db").before("freeze", "").after("thaw", "")
        : ABackup.ofClaim("b", "source");
    backup.timeout("10m").history(HISTORY).manifests().getFirst().withArray("/spec/backends").get(0)
        .withObject("/retentionPolicy").put("name", "keep-two");
    run.apply(backup.manifests());
  }

  /** @return what has happened */
  String suffer() {
    return switch (chance.nextInt(14)) {
      case 0, 1, 2 -> weather.change();
      case 3, 4, 5 -> trigger();
      case 6 -> write();
      case 7 -> restore();
      case 8 -> killOperator();
      case 9, 10 -> killJob();
      case 11 -> breakDriver();
      case 12 -> chance.nextBoolean() ? deleteOneOf(BACKUP_SESSIONS) : deleteOneOf(SNAPSHOTS);
      default -> loseHistory();
    };
  }

  String trigger() {
    if (run.list(CRON_JOBS).isEmpty()) {
      return "trigger nothing";
    }
    try {
      run.trigger();
      return "trigger";
    } catch (AssertionError twiceInAMinute) {
      return "trigger again";
    }
  }

  String write() {
    writes++;
    claims().forEach(claim -> run.write(claim, content(claim)));
    return "write " + writes;
  }

  /** What was written last. */
  String content(String claim) {
    return run.namespace() + " " + claim + " " + writes;
  }

  /** A database's claims are restored one by one. */
  String restore() {
    restores++;
    run.apply((database ? ARestore.of("r" + restores, "b-repo").addon("workload-addon").components("pod-0")
        : ARestore.of("r" + restores, "b-repo")).into("back-" + restores).timeout("10m").manifests());
    return "restore " + restores;
  }

  String lastRestored() {
    return "back-" + restores;
  }

  private String killOperator() {
    run.leader().die();
    return "kill operator";
  }

  private String killJob() {
    List<Mortal> alive = run.world().tribunal().containersOf(run);
    if (alive.isEmpty()) {
      return "kill nobody";
    }
    Mortal one = alive.get(chance.nextInt(alive.size()));
    one.die();
    return "kill " + one.kind();
  }

  private String breakDriver() {
    String claim = claims().get(chance.nextInt(claims().size()));
    switch (chance.nextInt(3)) {
      case 0 -> behaviour.failSnapshotOf(claim, 1 + chance.nextInt(4));
      case 1 -> behaviour.stallSnapshotOf(claim);
      default -> behaviour.failProvisioningOf("back-" + (restores + 1), 1 + chance.nextInt(4));
    }
    return "break the driver";
  }

  private String deleteOneOf(ResourceType<? extends HasMetadata> type) {
    List<? extends HasMetadata> all = run.list(type);
    if (all.isEmpty()) {
      return "delete nothing";
    }
    String name = all.get(chance.nextInt(all.size())).getMetadata().getName();
    if (type == SNAPSHOTS) {
      // Otherwise its copies would stay, as they should, and be nobody's.
      run.patch(type, name, "{spec: {deletionPolicy: WipeOut}}");
    }
    run.delete(type, name);
    return "delete " + type.kind() + " " + name;
  }

  private String loseHistory() {
    CrashWorld.await(run.world().server().forgetHistory());
    CrashWorld.await(run.world().server().endWatches());
    return "lose history and watches";
  }

  /** The storm is over. */
  void calmDown() {
    weather.clear();
    claims().forEach(behaviour::heal);
    for (int restore = 1; restore <= restores + 1; restore++) {
      behaviour.heal("back-" + restore);
    }
  }

  boolean isAtRest() {
    return run.list(BACKUP_SESSIONS).stream().allMatch(each -> List.of("Succeeded", "Failed", "Skipped")
        .contains(CrashRun.phase(each)))
        && run.list(RESTORE_SESSIONS).stream().allMatch(each -> List.of("Succeeded", "Failed", "Invalid")
        .contains(CrashRun.phase(each)))
        && run.list(SNAPSHOTS).stream().allMatch(each -> List.of("Succeeded", "Failed").contains(CrashRun.phase(each)));
  }

  /** What people throw away when they have seen it. */
  void tidyUp() {
    run.list(RESTORE_SESSIONS).forEach(each -> run.delete(RESTORE_SESSIONS, each.getMetadata().getName()));
    run.list(CLAIMS).stream().map(each -> each.getMetadata().getName()).filter(name -> name.startsWith("back-"))
        .forEach(name -> run.delete(CLAIMS, name));
    // Made by hand, so that no CronJob counts them.
    run.list(JOBS).stream().map(each -> each.getMetadata().getName()).filter(name -> name.startsWith("trigger-"))
        .forEach(name -> run.delete(JOBS, name));
    CrashWorld.await(run.world().client().raw("DELETE", "/api/v1/namespaces/" + run.namespace() + "/events",
        Optional.empty()));
    restores = 0;
  }

  boolean isTidy() {
    return run.list(RESTORE_SESSIONS).isEmpty() && run.list(CLAIMS).stream()
        .noneMatch(each -> each.getMetadata().getName().startsWith("back-"));
  }

  /** For people who want to know what is wrong. */
  String picture() {
    return run.namespace() + Stream.of(BACKUP_CONFIGURATIONS, BACKUP_SESSIONS, RESTORE_SESSIONS, SNAPSHOTS, REPOSITORIES,
        BACKUP_STORAGES).flatMap(type -> run.list(type).stream()).map(each -> "\n  " + each.getKind() + " "
            + each.getMetadata().getName() + " " + Json.MAPPER.<JsonNode>valueToTree(each).path("status"))
        .collect(Collectors.joining());
  }
}
