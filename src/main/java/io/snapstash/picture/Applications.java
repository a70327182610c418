package io.snapstash.picture;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Session;
import io.snapstash.api.SessionStatus;
import io.snapstash.api.Snapshot;
import io.snapstash.domain.schedule.Schedule;
import io.snapstash.domain.target.Target;
import io.snapstash.picture.Picture.Application;
import io.snapstash.picture.Picture.Cell;
import io.snapstash.picture.Picture.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every target of a BackupConfiguration, the worst first. */
final class Applications {
  static final String PROTECTED = "protected";
  static final String LATE = "late";
  static final String UNPROTECTED = "unprotected";
  private static final int STRIP = 20;
  private static final int SHORT_STRIP = 5;
  private static final int MOST_CELLS = 2000;
  /** A run takes its time, and a good backup is not late while the next one is being made. */
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);
  private static final List<String> WORST_FIRST = List.of(UNPROTECTED, LATE, PROTECTED);

  private final Instant now;
  private final Map<String, List<BackupSession>> runs;
  private final Map<String, List<Snapshot>> snapshotsByRun;
  private final Map<String, Instant> lastGood;
  private final Map<String, List<Cell>> past;
  private final int strip;

  private Applications(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun, Instant now) {
    this.now = now;
    this.snapshotsByRun = snapshotsByRun;
    this.runs = byInvoker(inventory);
    this.lastGood = lastGood(inventory);
    this.past = PastRuns.of(inventory, snapshotsByRun);
    this.strip = Math.clamp(MOST_CELLS / Math.max(1, inventory.configurations().size()), SHORT_STRIP, STRIP);
  }

  static List<Application> of(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun, Instant now) {
    Applications maker = new Applications(inventory, snapshotsByRun, now);
    Map<String, List<BackupConfiguration>> byTarget = new TreeMap<>();
    Map<String, Target> targets = new HashMap<>();
    for (BackupConfiguration configuration : inventory.configurations()) {
      if (configuration.getSpec() != null) {
        Read.target(configuration.getSpec().target(), configuration).ifPresent(target -> {
          targets.put(Read.id(target), target);
          byTarget.computeIfAbsent(Read.id(target), _ -> new ArrayList<>()).add(configuration);
        });
      }
    }
    return byTarget.entrySet().stream().map(each -> maker.application(targets.get(each.getKey()), each.getValue()))
        .sorted(Comparator.comparing((Application each) -> WORST_FIRST.indexOf(each.state()))
            .thenComparing(Application::id)).toList();
  }

  private static Map<String, List<BackupSession>> byInvoker(Inventory inventory) {
    Map<String, List<BackupSession>> all = new HashMap<>();
    inventory.backups().forEach(run -> all.computeIfAbsent(Runs.invoker(run), _ -> new ArrayList<>()).add(run));
    return all;
  }

  private static Map<String, Instant> lastGood(Inventory inventory) {
    Map<String, Instant> newest = new HashMap<>();
    for (Snapshot snapshot : inventory.snapshots()) {
      if (Read.SUCCEEDED.equals(Read.phase(snapshot)) && snapshot.getSpec() != null) {
        Read.target(snapshot.getSpec().appRef(), snapshot).ifPresent(target ->
            newest.merge(Read.id(target), Read.cut(snapshot), (one, other) -> one.isAfter(other) ? one : other));
      }
    }
    return newest;
  }

  private Application application(Target target, List<BackupConfiguration> configurations) {
    String id = Read.id(target);
    Optional<Instant> good = Optional.ofNullable(lastGood.get(id));
    List<Plan> plans = configurations.stream().sorted(Comparator.comparing(Read::key)).flatMap(each ->
        each.getSpec().sessions() == null ? Stream.empty()
            : each.getSpec().sessions().stream().map(session -> plan(each, session))).toList();
    Optional<Instant> until = good.flatMap(at -> plans.stream().filter(plan -> !plan.paused())
        .flatMap(plan -> promise(plan.schedule(), at).stream()).min(Comparator.naturalOrder()));
    List<Cell> cells = Stream.concat(past.getOrDefault(id, List.of()).stream(), configurations.stream()
        .flatMap(each -> runs.getOrDefault(Read.key(each), List.of()).stream()).map(this::cell))
        .sorted(Comparator.comparing(Cell::at).thenComparing(Cell::run)).toList();
    String state = good.isEmpty() ? UNPROTECTED : until.isPresent() && now.isAfter(until.get()) ? LATE : PROTECTED;
    return new Application(id, target.namespace(), target.kind(), target.name(), state, good.orElse(null),
        until.orElse(null), plans.stream().map(Plan::nextRun).filter(Objects::nonNull).min(Comparator.naturalOrder())
            .orElse(null), plans, cells.stream().skip(Math.max(0, cells.size() - strip)).toList());
  }

  private Plan plan(BackupConfiguration configuration, Session session) {
    boolean paused = Boolean.TRUE.equals(configuration.getSpec().paused());
    String schedule = session.scheduler() == null ? "" : Read.text(session.scheduler().schedule());
    BackupConfigurationStatus status = configuration.getStatus();
    return new Plan(Read.key(configuration), session.name(), schedule, paused,
        status == null ? "NotReady" : status.phase(), paused || status == null || !"Ready".equals(status.phase()) ? null
            : nextRun(status, session.name(), schedule));
  }

  private Instant nextRun(BackupConfigurationStatus status, String session, String schedule) {
    return Read.list(status == null ? null : status.sessions()).stream()
        .filter(each -> session != null && session.equals(each.name())).map(SessionStatus::nextSchedule)
        .flatMap(text -> Read.instant(text).stream()).filter(at -> at.isAfter(now)).findFirst()
        .or(() -> schedule.startsWith("@every") ? Optional.empty() : next(schedule, now)).orElse(null);
  }

  private static Optional<Instant> next(String schedule, Instant after) {
    return Schedule.read(schedule) instanceof Schedule.Reading.Accepted(Schedule accepted)
        ? accepted.next(after) : Optional.empty();
  }

  /** A backup cut now is good until the run after it has had its time: one interval more, an hour at most. */
  static Optional<Instant> promise(String schedule, Instant good) {
    return next(schedule, good).map(due -> {
      Duration interval = next(schedule, due).map(after -> Duration.between(due, after)).orElse(LONGEST_GRACE);
      return due.plus(interval.compareTo(LONGEST_GRACE) < 0 ? interval : LONGEST_GRACE);
    });
  }

  private Cell cell(BackupSession run) {
    String phase = Runs.phase(run);
    String message = !Read.FAILED.equals(phase) && !"Skipped".equals(phase) ? null
        : snapshotsByRun.getOrDefault(Read.key(run), List.of()).stream()
            .flatMap(snapshot -> Read.components(snapshot).values().stream()).map(component -> component.error())
            .filter(Objects::nonNull).findFirst()
            .or(() -> Failures.failing(run.getStatus().conditions()).map(condition -> condition.message()))
            .map(Read::brief).orElse(null);
    return new Cell(run.getMetadata().getName(), run.getSpec() == null ? "" : run.getSpec().session(), phase,
        Read.created(run), run.getStatus() == null ? null : run.getStatus().duration(), message);
  }
}
