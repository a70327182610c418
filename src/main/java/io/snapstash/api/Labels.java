package io.snapstash.api;

/** Keys and values of labels, annotations and finalizers (behaviour 2; our own with prefix {@code snapstash.io/}). */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String MANAGED_BY_VALUE = "kubestash.com";
  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String INVOKER_KIND = "kubestash.com/invoker-kind";
  public static final String INVOKER_NAME = "kubestash.com/invoker-name";
  public static final String INVOKER_NAMESPACE = "kubestash.com/invoker-namespace";
  public static final String SESSION_NAME = "kubestash.com/session-name";
  public static final String REPO_NAME = "kubestash.com/repo-name";
  public static final String APP_REF_KIND = "kubestash.com/app-ref-kind";
  public static final String APP_REF_NAME = "kubestash.com/app-ref-name";
  public static final String APP_REF_NAMESPACE = "kubestash.com/app-ref-namespace";
  public static final String APP = "kubestash.com/app";

  public static final String COMPONENT_BACKUP = "kubestash-backup";
  public static final String COMPONENT_RESTORE = "kubestash-restore";
  public static final String COMPONENT_INITIALIZER = "kubestash-initializer";
  public static final String COMPONENT_UPLOADER = "kubestash-uploader";
  public static final String COMPONENT_CLEANER = "kubestash-cleaner";
  public static final String COMPONENT_RETENTION_POLICY = "kubestash-retention-policy";
  public static final String COMPONENT_HOOK = "kubestash-hook";
  public static final String COMPONENT_POPULATOR = "kubestash-populator";
  public static final String COMPONENT_BACKUP_VERIFIER = "kubestash-backup-verifier";

  public static final String FINALIZER = "kubestash.com/cleanup";

  public static final String BLUEPRINT_NAME = "blueprint.kubestash.com/name";
  public static final String BLUEPRINT_NAMESPACE = "blueprint.kubestash.com/namespace";
  public static final String BLUEPRINT_SESSION_NAMES = "blueprint.kubestash.com/session-names";
  public static final String BLUEPRINT_VARIABLE_PREFIX = "variables.kubestash.com/";
  public static final String POPULATED_FROM = "populator.kubestash.com/populated-from";
  public static final String POPULATOR_APP_NAME = "populator.kubestash.com/app-name";
  public static final String RESTORE_BENEFICIARY = "restoresession.kubestash.com/beneficiary";

  /** Label: never remove this Snapshot by retention. */
  public static final String HOLD = "snapstash.io/hold";
  public static final String RETENTION_PREVIEW = "snapstash.io/retention-preview";
  /** On a RetentionPolicy that only previews: what it would remove, as JSON. */
  public static final String RETENTION_PREVIEW_RESULT = "snapstash.io/retention-preview-result";
  public static final String VOLUME_SNAPSHOTS = "snapstash.io/volume-snapshots";
  /** {@code namespace/name} of the run that made a VolumeSnapshot or Snapshot; with the uid, the proof of ownership. */
  public static final String BACKUP_SESSION = "snapstash.io/backup-session";
  public static final String BACKUP_SESSION_UID = "snapstash.io/backup-session-uid";
  public static final String RESTORE_SESSION_UID = "snapstash.io/restore-session-uid";
  /** On what was made from a handle: that handle. */
  public static final String SNAPSHOT_HANDLE = "snapstash.io/snapshot-handle";
  /** On a VolumeSnapshotContent that we have set to Retain: the policy that holds when its backup is wiped. */
  public static final String CONTENT_POLICY = "snapstash.io/content-policy";
  /** What started a run: schedule, initial, retry or manual. */
  public static final String TRIGGER = "snapstash.io/trigger";
  /** On a Namespace: the namespaces whose objects may reach into it, separated by commas, or {@code *}. */
  public static final String ALLOW_FROM = "snapstash.io/allow-from";
  /** On a BackupConfiguration that a blueprint made: {@code namespace/name} of the blueprint. */
  public static final String BLUEPRINT = "snapstash.io/blueprint";
  /** What it was made for, {@code kind/namespace/name}; with the name that follows from that, the proof that it is ours. */
  public static final String BLUEPRINT_TARGET = "snapstash.io/blueprint-target";
  /** What becomes of it without blueprint or target, as the blueprint said last: {@code OnDelete}, or absent. */
  public static final String BLUEPRINT_DELETION = "snapstash.io/blueprint-deletion";
  /** Fingerprint of what the blueprint asked for last. */
  public static final String BLUEPRINT_REVISION = "snapstash.io/blueprint-revision";
  /** On the Job of a backup: how many snapshots it takes, as {@code driver/class=count}, separated by commas. */
  public static final String CUTS = "snapstash.io/cuts";
  /** On an event: the last occurrence that has been counted. */
  public static final String OCCURRENCE = "snapstash.io/occurrence";

  /** On a Job that works on a volume: what for, so that only its own result is taken from it. */
  public static final String VOLUME_TASK = "snapstash.io/volume-task";
  /** Fingerprint of what such a Job was made from. */
  public static final String VOLUME_REVISION = "snapstash.io/volume-revision";
  /** Uid of the BackupStorage whose volume it mounts. */
  public static final String VOLUME_STORAGE = "snapstash.io/volume-storage";

  private Labels() {}
}
