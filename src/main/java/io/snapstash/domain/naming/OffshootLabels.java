package io.snapstash.domain.naming;

import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of everything that we create (behaviour 2.3, 2.5, 2.6, 6.14). Each call gives a new sorted map; what
 * comes in is never changed. Values are cut to what a label may hold.
 */
public final class OffshootLabels {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final String PREFIX = "kubestash.com/";
  private static final String PRODUCT = "kubestash.com";

  private final Map<String, String> labels;

  private OffshootLabels(Map<String, String> start) {
    labels = new TreeMap<>(start);
    labels.put(MANAGED_BY, PRODUCT);
  }

  /** The object that something is made for; its own labels are passed on. */
  public record Owner(String kind, String namespace, String name, Map<String, String> labels) {
    public Owner {
      labels = Map.copyOf(labels);
    }
  }

  /** For BackupStorage, Repository, Snapshot and RestoreSession as owners. */
  public static Map<String, String> of(Owner owner, String component) {
    OffshootLabels result = owned(owner, component);
    switch (owner.kind()) {
      case "BackupStorage", "Repository", "Snapshot" -> result.set("invoker-kind", owner.kind());
      default -> { }
    }
    return result.labels;
  }

  /** For a Job, CronJob or Pod that serves one session: the owner is a BackupSession or a BackupConfiguration. */
  public static Map<String, String> ofSession(Owner owner, String session, String component) {
    return owned(owner, component).set("session-name", session).labels;
  }

  /** For what a BackupVerificationSession makes. */
  public static Map<String, String> ofVerification(Owner owner, String session, String repository, String component) {
    return owned(owner, component).set("session-name", session).set("repo-name", repository).labels;
  }

  /** 2.5: a BackupSession, made for one session of an invoker. */
  public static Map<String, String> ofBackupSession(
      Map<String, String> own, String invokerKind, String invokerName, String namespace, String session) {
    return new OffshootLabels(own).invoker(invokerKind, invokerName, namespace).set("session-name", session).labels;
  }

  /** 2.6: a Snapshot and the application that it holds. Empty values give no label. */
  public static Map<String, String> ofSnapshot(String repository, String appKind, String appName, String appNamespace) {
    return new OffshootLabels(Map.of())
        .set("repo-name", repository)
        .set("app-ref-kind", appKind)
        .set("app-ref-name", appName)
        .set("app-ref-namespace", appNamespace)
        .labels;
  }

  /** 6.14: a VolumeSnapshot belongs to its BackupSession, which all Snapshots of the run share. */
  public static Map<String, String> ofVolumeSnapshot(String backupSession, String namespace, String session) {
    return new OffshootLabels(Map.of())
        .invoker("BackupSession", backupSession, namespace).set("session-name", session).labels;
  }

  /** 2.7: a BackupConfiguration made from a BackupBlueprint. */
  public static Map<String, String> ofBlueprintResult(String blueprint, String namespace) {
    return new OffshootLabels(Map.of()).set("invoker-name", blueprint).set("invoker-namespace", namespace).labels;
  }

  private static OffshootLabels owned(Owner owner, String component) {
    OffshootLabels result = new OffshootLabels(owner.labels())
        .set("invoker-name", owner.name())
        .set("invoker-namespace", owner.namespace());
    if (!component.isEmpty()) {
      result.labels.put(COMPONENT, component);
    }
    return result;
  }

  private OffshootLabels invoker(String kind, String name, String namespace) {
    return set("invoker-kind", kind).set("invoker-name", name).set("invoker-namespace", namespace);
  }

  private OffshootLabels set(String key, String value) {
    if (!value.isEmpty()) {
      labels.put(PREFIX + key, Shortening.labelValue(value));
    }
    return this;
  }
}
