package io.snapstash.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.target.Target;
import io.snapstash.domain.unit.ByteSize;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.picture.Inventory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The published metrics of objects (behaviour 16.2 to 16.7) as they stand now. Of runs and Snapshots, which come and come,
 * only the newest of each session, target and Repository have series.
 */
public final class ObjectMetrics {
  private static final String CORE = "core_kubestash_com_";
  private static final String STORAGE = "storage_kubestash_com_";
  private static final String CREATED = "When it was created, in seconds since 1970.";
  private static final String INFO = "What it is; always 1.";
  private static final List<String> READY = List.of("Ready", "NotReady");
  private static final List<String> RUN = List.of("Pending", "Running", "Succeeded", "Failed", "Skipped");
  private static final List<String> RESTORE =
      List.of("Pending", "Running", "Succeeded", "Failed", "Invalid", "Unknown");
  private static final List<String> SNAPSHOT = List.of("Pending", "Running", "Succeeded", "Failed");

  private final int newest;
  private final ObjectFamilies out = new ObjectFamilies();

  private ObjectMetrics(int newest) {
    this.newest = newest;
  }

  /** @param newest how many Snapshots of a Repository, and runs of a session, have series */
  public static List<Family> of(Inventory inventory, int newest) {
    ObjectMetrics metrics = new ObjectMetrics(newest);
    inventory.configurations().forEach(metrics::configuration);
    metrics.newest(inventory.backups(), run -> run.getSpec() == null || run.getSpec().invoker() == null ? ""
        : run.getSpec().invoker().name() + "/" + run.getSpec().session()).forEach(metrics::backup);
    metrics.newest(inventory.restores(), run -> run.getSpec() == null ? "" : String.valueOf(run.getSpec().target()))
        .forEach(metrics::restore);
    inventory.storages().forEach(metrics::storage);
    inventory.repositories().forEach(metrics::repository);
    metrics.newest(inventory.snapshots(), each -> each.getSpec() == null ? "" : each.getSpec().repository())
        .forEach(metrics::snapshot);
    return metrics.out.families();
  }

  private <T extends HasMetadata> List<T> newest(Collection<T> objects, Function<T, String> group) {
    Map<String, List<T>> groups = new LinkedHashMap<>();
    objects.forEach(each -> groups.computeIfAbsent(each.getMetadata().getNamespace() + "/" + group.apply(each),
        _ -> new ArrayList<>()).add(each));
    return groups.values().stream().flatMap(each -> each.stream()
        .sorted(Comparator.comparing((T one) -> String.valueOf(one.getMetadata().getCreationTimestamp()))
            .thenComparing(one -> one.getMetadata().getName()).reversed()).limit(newest)).toList();
  }

  private void configuration(BackupConfiguration object) {
    String prefix = CORE + "backupconfiguration_";
    List<String> labels = labels(object, "backup_invoker_kind", "BackupConfiguration", "backup_invoker_name",
        name(object), target(object.getSpec() == null ? null : object.getSpec().target(), object));
    out.gauge(prefix + "created", CREATED, labels, created(object));
    out.gauge(prefix + "info", INFO, labels, 1);
    if (object.getSpec() != null && object.getSpec().sessions() != null) {
      object.getSpec().sessions().forEach(session -> out.gauge(prefix + "sessions", "Sessions; always 1.", labels, 1,
          "session_name", session.name(), "schedule", session.scheduler() == null ? "" : session.scheduler().schedule(),
          "addon_name", session.addon() == null ? "" : session.addon().name()));
    }
    out.phase(prefix, labels, object.getStatus() == null ? "NotReady" : object.getStatus().phase(),
        List.of("Ready", "NotReady", "Invalid"));
    out.conditions(prefix, labels, object.getStatus() == null ? null : object.getStatus().conditions());
  }

  private void backup(BackupSession object) {
    String prefix = CORE + "backupsession_";
    boolean spec = object.getSpec() != null && object.getSpec().invoker() != null;
    List<String> labels = labels(object, "invoker_kind", "BackupSession", "invoker_name", name(object),
        List.of("backup_invoker_kind", spec ? text(object.getSpec().invoker().kind()) : "", "backup_invoker_name",
            spec ? text(object.getSpec().invoker().name()) : ""));
    String phase = object.getStatus() == null ? "Pending" : object.getStatus().phase();
    out.gauge(prefix + "created", CREATED, labels, created(object));
    out.gauge(prefix + "info", INFO, labels, 1, "session", object.getSpec() == null ? "" : object.getSpec().session(),
        "phase", phase);
    out.phase(prefix, labels, phase, RUN);
    if (object.getStatus() != null) {
      list(object.getStatus().snapshots()).forEach(each -> out.gauge(prefix + "snapshots", "Its Snapshots; always 1.",
          labels, 1, "snapshot_name", each.name(), "snapshot_phase", each.phase(), "repository", each.repository(),
          "backedup_app_kind", each.appRef() == null ? "" : each.appRef().kind(), "backedup_app_name",
          each.appRef() == null ? "" : each.appRef().name(), "backedup_app_namespace",
          each.appRef() == null ? "" : each.appRef().namespace()));
      out.gauge(prefix + "duration_seconds", "How long it took.", labels, seconds(object.getStatus().duration()));
      out.conditions(prefix, labels, object.getStatus().conditions());
    }
  }

  private void restore(RestoreSession object) {
    String prefix = CORE + "restoresession_";
    List<String> labels = labels(object, "invoker_kind", "RestoreSession", "invoker_name", name(object),
        target(object.getSpec() == null ? null : object.getSpec().target(), object));
    String phase = object.getStatus() == null ? "Pending" : object.getStatus().phase();
    boolean source = object.getSpec() != null && object.getSpec().dataSource() != null;
    out.gauge(prefix + "created", CREATED, labels, created(object));
    out.gauge(prefix + "info", INFO, labels, 1, "datasource_namespace",
        source ? object.getSpec().dataSource().namespace() : "", "repository",
        source ? object.getSpec().dataSource().repository() : "", "snapshot",
        source ? object.getSpec().dataSource().snapshot() : "", "addon_name",
        object.getSpec() == null || object.getSpec().addon() == null ? "" : object.getSpec().addon().name(),
        "phase", phase);
    out.phase(prefix, labels, phase, RESTORE);
    if (object.getStatus() != null) {
      out.gauge(prefix + "duration_seconds", "How long it took.", labels, seconds(object.getStatus().duration()));
      out.gauge(prefix + "component_count_total", "Components.", labels, object.getStatus().totalComponents());
      out.conditions(prefix, labels, object.getStatus().conditions());
    }
  }

  private void storage(BackupStorage object) {
    String prefix = STORAGE + "backupstorage_";
    List<String> labels = labels(object, "invoker_kind", "BackupStorage", "invoker_name", name(object), List.of());
    String phase = object.getStatus() == null ? "NotReady" : object.getStatus().phase();
    boolean spec = object.getSpec() != null;
    out.gauge(prefix + "created", CREATED, labels, created(object));
    out.gauge(prefix + "info", INFO, labels, 1, "provider",
        spec && object.getSpec().storage() != null ? object.getSpec().storage().provider() : "", "default",
        Boolean.toString(spec && Boolean.TRUE.equals(object.getSpec().isDefault())), "deletionPolicy",
        spec ? object.getSpec().deletionPolicy() : "", "phase", phase);
    out.phase(prefix, labels, phase, READY);
    if (object.getStatus() != null) {
      list(object.getStatus().repositories()).forEach(each -> out.gauge(prefix + "repository_size_bytes",
          "Size of a Repository.", labels, bytes(each.size()), "repo_name", each.name(), "repo_namespace",
          each.namespace(), "repo_path", each.path()));
      out.gauge(prefix + "size_bytes", "Size of all.", labels, bytes(object.getStatus().totalSize()));
      out.conditions(prefix, labels, object.getStatus().conditions());
    }
  }

  private void repository(Repository object) {
    String prefix = STORAGE + "repository_";
    List<String> labels = labels(object, "invoker_kind", "Repository", "invoker_name", name(object),
        target(object.getSpec() == null ? null : object.getSpec().appRef(), object));
    String phase = object.getStatus() == null ? "NotReady" : object.getStatus().phase();
    out.gauge(prefix + "created", CREATED, labels, created(object));
    out.gauge(prefix + "info", INFO, labels, 1, "path", object.getSpec() == null ? "" : object.getSpec().path(),
        "phase", phase, "integrity", integrity(object.getStatus() == null ? null : object.getStatus().integrity()));
    if (object.getStatus() != null) {
      out.gauge(prefix + "last_successful_backup", "When the last good backup was, in seconds since 1970.", labels,
          object.getStatus().lastBackupTime() == null ? null : object.getStatus().lastBackupTime().getEpochSecond());
      out.gauge(prefix + "size_bytes", "Size.", labels, bytes(object.getStatus().size()));
      out.gauge(prefix + "snapshot_count_total", "Snapshots.", labels, object.getStatus().snapshotCount());
      out.conditions(prefix, labels, object.getStatus().conditions());
    }
  }

  private void snapshot(Snapshot object) {
    String prefix = STORAGE + "snapshot_";
    List<String> labels = labels(object, "invoker_kind", "Snapshot", "invoker_name", name(object),
        target(object.getSpec() == null ? null : object.getSpec().appRef(), object));
    String phase = object.getStatus() == null ? "Pending" : object.getStatus().phase();
    out.gauge(prefix + "created", CREATED, labels, created(object));
    if (object.getSpec() != null) {
      out.gauge(prefix + "info", INFO, labels, 1, "snapshot_type", object.getSpec().type(), "repository",
          object.getSpec().repository(), "session", object.getSpec().session(), "backupsession",
          object.getSpec().backupSession(), "version", object.getSpec().version(), "phase", phase, "integrity",
          integrity(object.getStatus() == null ? null : object.getStatus().integrity()));
    }
    out.phase(prefix, labels, phase, SNAPSHOT);
    if (object.getStatus() != null) {
      out.gauge(prefix + "size_bytes", "Size.", labels, bytes(object.getStatus().size()));
      out.gauge(prefix + "time_seconds", "When it was cut, in seconds since 1970.", labels,
          object.getStatus().snapshotTime() == null ? null : object.getStatus().snapshotTime().getEpochSecond());
      out.gauge(prefix + "component_count_total", "Components.", labels, object.getStatus().totalComponents());
      out.conditions(prefix, labels, object.getStatus().conditions());
    }
  }

  private static List<String> labels(HasMetadata object, String kindLabel, String kind, String nameLabel, String name,
      List<String> more) {
    List<String> all = new ArrayList<>(List.of(kindLabel, kind, nameLabel, name));
    all.addAll(more);
    all.addAll(List.of("namespace", text(object.getMetadata().getNamespace())));
    return all;
  }

  private static List<String> target(TypedObjectReference reference, HasMetadata from) {
    if (reference == null) {
      return List.of("target_kind", "", "target_name", "", "target_namespace", "");
    }
    Target target = Target.of(reference, from.getMetadata().getNamespace());
    return List.of("target_kind", target.kind(), "target_name", target.name(), "target_namespace", target.namespace());
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }

  private static String integrity(Boolean integrity) {
    return integrity == null ? "" : integrity.toString();
  }

  private static Long created(HasMetadata object) {
    try {
      return Instant.parse(object.getMetadata().getCreationTimestamp()).getEpochSecond();
    } catch (DateTimeException | NullPointerException unknown) {
      return null;
    }
  }

  private static Double seconds(String duration) {
    return Optional.ofNullable(duration).flatMap(GoDuration::parse).map(Duration::toMillis)
        .map(milliseconds -> milliseconds / 1000.0).orElse(null);
  }

  private static Long bytes(String size) {
    return Optional.ofNullable(size).flatMap(ByteSize::parse).orElse(null);
  }
}
