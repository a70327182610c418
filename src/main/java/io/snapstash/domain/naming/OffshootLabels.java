package io.snapstash.domain.naming;

import io.snapstash.api.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of everything that we create (behaviour 2.3, 2.5, 2.6, 6.14). Each call gives a new sorted map; what
 * comes in is never changed. Values are cut to what a label may hold.
 */
public final class OffshootLabels {
  private final Map<String, String> labels;

  private OffshootLabels(Map<String, String> start) {
    labels = new TreeMap<>(start);
    labels.put(Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE);
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
      case "BackupStorage", "Repository", "Snapshot" -> result.set(Labels.INVOKER_KIND, owner.kind());
      default -> { }
    }
    return result.labels;
  }

  /** For a Job, CronJob or Pod that serves one session: the owner is a BackupSession or a BackupConfiguration. */
  public static Map<String, String> ofSession(Owner owner, String session, String component) {
    return owned(owner, component).set(Labels.SESSION_NAME, session).labels;
  }

  /** For what a BackupVerificationSession makes. */
  public static Map<String, String> ofVerification(Owner owner, String session, String repository, String component) {
    return owned(owner, component)
        .set(Labels.SESSION_NAME, session)
        .set(Labels.REPO_NAME, repository)
        .labels;
  }

  /** 2.5: a BackupSession, made for one session of an invoker. */
  public static Map<String, String> ofBackupSession(
      Map<String, String> own, String invokerKind, String invokerName, String namespace, String session) {
    return new OffshootLabels(own)
        .invoker(invokerKind, invokerName, namespace)
        .set(Labels.SESSION_NAME, session)
        .labels;
  }

  /** 2.6: a Snapshot and the application that it holds. Empty values give no label. */
  public static Map<String, String> ofSnapshot(String repository, String appKind, String appName, String appNamespace) {
    return new OffshootLabels(Map.of())
        .set(Labels.REPO_NAME, repository)
        .set(Labels.APP_REF_KIND, appKind)
        .set(Labels.APP_REF_NAME, appName)
        .set(Labels.APP_REF_NAMESPACE, appNamespace)
        .labels;
  }

  /** 6.14: a VolumeSnapshot belongs to its BackupSession, which all Snapshots of the run share. */
  public static Map<String, String> ofVolumeSnapshot(String backupSession, String namespace, String session) {
    return new OffshootLabels(Map.of())
        .invoker("BackupSession", backupSession, namespace).set(Labels.SESSION_NAME, session).labels;
  }

  /** 2.7: a BackupConfiguration made from a BackupBlueprint. */
  public static Map<String, String> ofBlueprintResult(String blueprint, String namespace) {
    return new OffshootLabels(Map.of())
        .set(Labels.INVOKER_NAME, blueprint)
        .set(Labels.INVOKER_NAMESPACE, namespace)
        .labels;
  }

  private static OffshootLabels owned(Owner owner, String component) {
    OffshootLabels result = new OffshootLabels(owner.labels())
        .set(Labels.INVOKER_NAME, owner.name())
        .set(Labels.INVOKER_NAMESPACE, owner.namespace());
    if (!component.isEmpty()) {
      result.labels.put(Labels.COMPONENT, component);
    }
    return result;
  }

  private OffshootLabels invoker(String kind, String name, String namespace) {
    return set(Labels.INVOKER_KIND, kind).set(Labels.INVOKER_NAME, name).set(Labels.INVOKER_NAMESPACE, namespace);
  }

  private OffshootLabels set(String key, String value) {
    if (!value.isEmpty()) {
      labels.put(key, Shortening.labelValue(value));
    }
    return this;
  }
}
