package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
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
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Snapshot;
import io.snapstash.domain.validation.CatalogueFolder;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything the operator follows by watches: our kinds whole, the children it made by their label, and the objects
 * that users point at by their metadata alone. Secrets are never followed, volume snapshots only by whom {@link #apart}
 * is asked for.
 */
public final class Caches {
  private static final String MADE_BY_US = Labels.MANAGED_BY + "=" + Labels.MANAGED_BY_VALUE;

  /** Of the words of a volume task, the owner's uid. */
  private static final int OWNER_IN_TASK = 3;

  private final KubeClient kube;
  private final Context context;
  private final Time time;
  private final Backoff backoff;
  private final WatchedNamespaces watched;
  private final List<Cache<?>> all = new ArrayList<>();

  public final Cache<BackupStorage> storages;
  public final Cache<Repository> repositories;
  public final Cache<Snapshot> snapshots;
  public final Cache<RetentionPolicy> retentionPolicies;
  public final Cache<BackupConfiguration> configurations;
  public final Cache<BackupSession> backupSessions;
  public final Cache<RestoreSession> restoreSessions;
  public final Cache<HookTemplate> hookTemplates;
  public final Cache<BackupBlueprint> blueprints;
  public final Cache<BackupBatch> batches;
  public final Cache<BackupVerifier> verifiers;
  public final Cache<BackupVerificationSession> verificationSessions;
  public final Cache<Addon> addons;
  public final Cache<Function> functions;
  public final Cache<CronJob> cronJobs;
  public final Cache<Job> jobs;
  public final Cache<Pod> jobPods;
  public final Cache<PersistentVolumeClaim> restoredClaims;
  public final Cache<ServiceAccount> serviceAccounts;
  public final Cache<RoleBinding> roleBindings;
  public final Cache<ObjectMetadata> namespaces;
  public final Map<String, Cache<ObjectMetadata>> targets;

  /** Snapshots of a Repository, by {@code namespace/name}. */
  public final Index<Snapshot> snapshotsByRepository;
  /** Snapshots of a BackupSession, by {@code namespace/name}. */
  public final Index<Snapshot> snapshotsByBackupSession;
  /** Snapshots that name a VolumeSnapshot, by {@code namespace/name} of that. */
  public final Index<Snapshot> snapshotsByVolumeSnapshot;
  /** Repositories in a BackupStorage, by {@code namespace/name}. */
  public final Index<Repository> repositoriesByStorage;
  /** Repositories in a folder of a storage, by the text of that. */
  public final Index<Repository> repositoriesByFolder;
  /** CronJobs of a BackupConfiguration, by the uid of that. */
  public final Index<CronJob> cronJobsByOwner;
  /** BackupConfigurations by the object that they say a blueprint made them for, {@code kind/namespace/name}. */
  public final Index<BackupConfiguration> configurationsByBlueprintTarget;
  /** BackupSessions of an invoker, by {@code namespace/name}. */
  public final Index<BackupSession> sessionsByInvoker;

  /** Jobs that work on the volume of a BackupStorage, by the uid of that. */
  public final Index<Job> jobsByVolume;
  /** Jobs that work on a volume for an object, by the uid of that. */
  public final Index<Job> jobsByVolumeOwner;
  /** Pods of a Job, by the uid of that. */
  public final Index<Pod> podsByJob;

  public Caches(KubeClient kube, Context context, Time time, Backoff backoff, WatchedNamespaces watched) {
    this.kube = kube;
    this.watched = watched;
    this.context = context;
    this.time = time;
    this.backoff = backoff;
    storages = whole(ResourceTypes.BACKUP_STORAGES);
    repositories = whole(ResourceTypes.REPOSITORIES);
    snapshots = whole(ResourceTypes.SNAPSHOTS);
    retentionPolicies = whole(ResourceTypes.RETENTION_POLICIES);
    configurations = whole(ResourceTypes.BACKUP_CONFIGURATIONS);
    backupSessions = whole(ResourceTypes.BACKUP_SESSIONS);
    restoreSessions = whole(ResourceTypes.RESTORE_SESSIONS);
    hookTemplates = whole(ResourceTypes.HOOK_TEMPLATES);
    blueprints = whole(ResourceTypes.BACKUP_BLUEPRINTS);
    batches = whole(ResourceTypes.BACKUP_BATCHES);
    verifiers = whole(ResourceTypes.BACKUP_VERIFIERS);
    verificationSessions = whole(ResourceTypes.BACKUP_VERIFICATION_SESSIONS);
    addons = whole(ResourceTypes.ADDONS);
    functions = whole(ResourceTypes.FUNCTIONS);
    cronJobs = made(ResourceTypes.CRON_JOBS);
    // A plan may be a hundred times as large as the rest, and stands in each of them.
    jobs = made(ResourceTypes.JOBS).without(Caches::trimmed);
    jobPods = made(ResourceTypes.PODS).without(pod -> pod.setSpec(null));
    restoredClaims = made(ResourceTypes.CLAIMS);
    serviceAccounts = made(ResourceTypes.SERVICE_ACCOUNTS);
    roleBindings = made(ResourceTypes.ROLE_BINDINGS);
    namespaces = whole(ResourceTypes.NAMESPACES.metadataOnly());
    targets = Map.of(
        "PersistentVolumeClaim", whole(ResourceTypes.CLAIMS.metadataOnly()).without(TargetMetadata::unneededOfClaim),
        "Deployment", target(ResourceTypes.DEPLOYMENTS),
        "StatefulSet", target(ResourceTypes.STATEFUL_SETS),
        "DaemonSet", target(ResourceTypes.DAEMON_SETS),
        "ReplicaSet", target(ResourceTypes.REPLICA_SETS),
        "ReplicationController", target(ResourceTypes.REPLICATION_CONTROLLERS));
    snapshotsByRepository = snapshots.index(snapshot -> Stream.ofNullable(snapshot.getSpec())
        .map(spec -> in(snapshot, spec.repository())).toList());
    snapshotsByBackupSession = snapshots.index(snapshot -> Stream.ofNullable(snapshot.getSpec())
        .map(spec -> in(snapshot, spec.backupSession())).toList());
    snapshotsByVolumeSnapshot = snapshots.index(Components::volumeSnapshots);
    repositoriesByStorage = repositories.index(repository -> List.of(References.storageOf(repository).toString()));
    repositoriesByFolder = repositories.index(repository ->
        CatalogueFolder.of(repository).stream().map(CatalogueFolder::toString).toList());
    cronJobsByOwner = cronJobs.index(Caches::controllers);
    jobsByVolume = jobs.index(job -> Stream.ofNullable(
        Metadata.annotations(job).get(Labels.VOLUME_STORAGE)).toList());
    jobsByVolumeOwner = jobs.index(job -> Stream.of(Metadata.annotation(job, Labels.VOLUME_TASK).split(" "))
        .skip(OWNER_IN_TASK).limit(1).toList());
    podsByJob = jobPods.index(Caches::controllers);
    configurationsByBlueprintTarget = configurations.index(configuration ->
        Stream.ofNullable(Metadata.annotations(configuration).get(Labels.BLUEPRINT_TARGET)).toList());
    sessionsByInvoker = backupSessions.index(session -> List.of(in(session,
        session.getSpec() == null || session.getSpec().invoker() == null ? "" : session.getSpec().invoker().name())));
  }

  private static List<String> controllers(HasMetadata child) {
    return child.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController())).map(owner -> owner.getUid()).toList();
  }

  /** While a Job is at work, its plan tells how much there is to do; a template is the largest part of it otherwise. */
  private static void trimmed(Job job) {
    if (job.getStatus() != null && job.getStatus().getCompletionTime() != null) {
      job.getSpec().setTemplate(null);
    }
  }

  private <T extends HasMetadata> Cache<T> whole(ResourceType<T> type) {
    return cache(type, Selection.EVERYTHING);
  }

  private Cache<ObjectMetadata> target(ResourceType<?> type) {
    return whole(type.metadataOnly()).without(TargetMetadata::unneeded);
  }

  private <T extends HasMetadata> Cache<T> made(ResourceType<T> type) {
    return cache(type, Selection.labelled(MADE_BY_US));
  }

  private <T extends HasMetadata> Cache<T> cache(ResourceType<T> type, Selection selection) {
    Cache<T> cache = apart(type, selection);
    all.add(cache);
    return cache;
  }

  /** A cache that nothing here waits for or looks after: whoever asks for it starts it, and closes it. */
  public <T extends HasMetadata> Cache<T> apart(ResourceType<T> type, Selection selection) {
    return new Cache<>(kube, type, watched.selections(type, selection), context, time, backoff);
  }

  /** Completes when every kind has been listed once. */
  public Future<Void> start() {
    return Future.all(all.stream().map(Cache::start).toList()).mapEmpty();
  }

  public void close() {
    all.forEach(Cache::close);
  }

  /** Whether some kind will never be followed again. */
  public boolean haveStopped() {
    return all.stream().anyMatch(Cache::hasStopped);
  }

  public boolean areSynced() {
    return all.stream().allMatch(Cache::isSynced);
  }

  /** Takes the answer of an own write, so that no later pass decides on something older. */
  @SuppressWarnings("unchecked")
  public void observe(HasMetadata written) {
    all.stream()
        .filter(cache -> cache.type().type() == written.getClass() && written.getClass() != ObjectMetadata.class)
        .filter(cache -> ofInterest(cache, written))
        .forEach(cache -> ((Cache<HasMetadata>) cache).observe(written));
  }

  private boolean ofInterest(Cache<?> cache, HasMetadata written) {
    return cache != jobPods && cache != restoredClaims
        || Labels.MANAGED_BY_VALUE.equals(Metadata.label(written, Labels.MANAGED_BY));
  }

  /** The namespaces that they follow. */
  public WatchedNamespaces watched() {
    return watched;
  }

  /** The Job of a Pod, if it has one. */
  public Stream<Job> jobsByPod(Pod pod) {
    return Metadata.controller(pod, "Job").stream()
        .flatMap(name -> jobs.get(new ResourceKey(pod.getMetadata().getNamespace(), name)).stream());
  }

  /** Whether a target of one of the kinds we know is there; empty for a kind we do not know. */
  public Optional<Boolean> targetExists(String kind, ResourceKey key) {
    return Optional.ofNullable(targets.get(kind)).map(cache -> cache.get(key).isPresent());
  }

  private static String in(HasMetadata object, String name) {
    return object.getMetadata().getNamespace() + "/" + (name == null ? "" : name);
  }
}
