package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.snapstash.api.Addon;
import io.snapstash.api.BackupBatch;
import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupVerificationSession;
import io.snapstash.api.BackupVerifier;
import io.snapstash.api.Function;
import io.snapstash.api.HookTemplate;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Snapshot;

/** The kinds this program reads or writes, apart from the external snapshotter's. */
public final class ResourceTypes {
  private static final String CORE = "core.kubestash.com";
  private static final String STORAGE = "storage.kubestash.com";
  private static final String ADDON_GROUP = "addons.kubestash.com";

  public static final ResourceType<BackupStorage> BACKUP_STORAGES =
      own(STORAGE, "backupstorages", "BackupStorage", true, BackupStorage.class);
  public static final ResourceType<Repository> REPOSITORIES =
      own(STORAGE, "repositories", "Repository", true, Repository.class);
  public static final ResourceType<Snapshot> SNAPSHOTS = own(STORAGE, "snapshots", "Snapshot", true, Snapshot.class);
  public static final ResourceType<RetentionPolicy> RETENTION_POLICIES =
      own(STORAGE, "retentionpolicies", "RetentionPolicy", true, RetentionPolicy.class);
  public static final ResourceType<BackupConfiguration> BACKUP_CONFIGURATIONS =
      own(CORE, "backupconfigurations", "BackupConfiguration", true, BackupConfiguration.class);
  public static final ResourceType<BackupSession> BACKUP_SESSIONS =
      own(CORE, "backupsessions", "BackupSession", true, BackupSession.class);
  public static final ResourceType<RestoreSession> RESTORE_SESSIONS =
      own(CORE, "restoresessions", "RestoreSession", true, RestoreSession.class);
  public static final ResourceType<HookTemplate> HOOK_TEMPLATES =
      own(CORE, "hooktemplates", "HookTemplate", true, HookTemplate.class);
  public static final ResourceType<BackupBlueprint> BACKUP_BLUEPRINTS =
      own(CORE, "backupblueprints", "BackupBlueprint", true, BackupBlueprint.class);
  public static final ResourceType<BackupBatch> BACKUP_BATCHES =
      own(CORE, "backupbatches", "BackupBatch", true, BackupBatch.class);
  public static final ResourceType<BackupVerifier> BACKUP_VERIFIERS =
      own(CORE, "backupverifier", "BackupVerifier", true, BackupVerifier.class);
  public static final ResourceType<BackupVerificationSession> BACKUP_VERIFICATION_SESSIONS = own(
      CORE, "backupverificationsession", "BackupVerificationSession", true, BackupVerificationSession.class);
  public static final ResourceType<Addon> ADDONS = own(ADDON_GROUP, "addons", "Addon", false, Addon.class);
  public static final ResourceType<Function> FUNCTIONS =
      own(ADDON_GROUP, "functions", "Function", false, Function.class);

  public static final ResourceType<Namespace> NAMESPACES = core("namespaces", "Namespace", false, Namespace.class);
  public static final ResourceType<Secret> SECRETS = core("secrets", "Secret", true, Secret.class);
  public static final ResourceType<ServiceAccount> SERVICE_ACCOUNTS =
      core("serviceaccounts", "ServiceAccount", true, ServiceAccount.class);
  public static final ResourceType<PersistentVolumeClaim> CLAIMS =
      core("persistentvolumeclaims", "PersistentVolumeClaim", true, PersistentVolumeClaim.class);
  public static final ResourceType<PersistentVolume> VOLUMES =
      core("persistentvolumes", "PersistentVolume", false, PersistentVolume.class);
  public static final ResourceType<Pod> PODS = core("pods", "Pod", true, Pod.class);
  public static final ResourceType<ReplicationController> REPLICATION_CONTROLLERS =
      core("replicationcontrollers", "ReplicationController", true, ReplicationController.class);
  public static final ResourceType<Event> EVENTS = core("events", "Event", true, Event.class);

  public static final ResourceType<Deployment> DEPLOYMENTS =
      new ResourceType<>("apps", "v1", "deployments", "Deployment", true, Deployment.class);
  public static final ResourceType<StatefulSet> STATEFUL_SETS =
      new ResourceType<>("apps", "v1", "statefulsets", "StatefulSet", true, StatefulSet.class);
  public static final ResourceType<DaemonSet> DAEMON_SETS =
      new ResourceType<>("apps", "v1", "daemonsets", "DaemonSet", true, DaemonSet.class);
  public static final ResourceType<ReplicaSet> REPLICA_SETS =
      new ResourceType<>("apps", "v1", "replicasets", "ReplicaSet", true, ReplicaSet.class);
  public static final ResourceType<Job> JOBS = new ResourceType<>("batch", "v1", "jobs", "Job", true, Job.class);
  public static final ResourceType<CronJob> CRON_JOBS =
      new ResourceType<>("batch", "v1", "cronjobs", "CronJob", true, CronJob.class);
  public static final ResourceType<RoleBinding> ROLE_BINDINGS = new ResourceType<>(
      "rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", true, RoleBinding.class);
  public static final ResourceType<StorageClass> STORAGE_CLASSES =
      new ResourceType<>("storage.k8s.io", "v1", "storageclasses", "StorageClass", false, StorageClass.class);

  public static final ResourceType<CSIDriver> CSI_DRIVERS =
      new ResourceType<>("storage.k8s.io", "v1", "csidrivers", "CSIDriver", false, CSIDriver.class);
  public static final ResourceType<Lease> LEASES =
      new ResourceType<>("coordination.k8s.io", "v1", "leases", "Lease", true, Lease.class);

  private ResourceTypes() {}

  private static <T extends HasMetadata> ResourceType<T> own(
      String group, String plural, String kind, boolean namespaced, Class<T> type) {
    return new ResourceType<>(group, "v1alpha1", plural, kind, namespaced, type);
  }

  private static <T extends HasMetadata> ResourceType<T> core(
      String plural, String kind, boolean namespaced, Class<T> type) {
    return new ResourceType<>("", "v1", plural, kind, namespaced, type);
  }
}
