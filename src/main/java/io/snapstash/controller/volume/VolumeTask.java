package io.snapstash.controller.volume;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.naming.Names;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.snapstash.storage.VolumePlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One piece of work on the volume of a storage.
 *
 * @param owner whom it is done for: BackupStorage, Repository or Snapshot
 * @param about what tells this work from an earlier one for the same owner: with another text, an old result is void
 */
public record VolumeTask(Kind kind, BackupStorage storage, HasMetadata owner, VolumePlan plan, String about) {
  private static final Duration SHORT = Duration.ofMinutes(10);
  private static final Duration LONG = Duration.ofHours(2);

  /** Command, component label and time limit of the Jobs. */
  public enum Kind {
    INIT("storage-init", Labels.COMPONENT_INITIALIZER, SHORT),
    SYNC("storage-sync", Labels.COMPONENT_INITIALIZER, LONG),
    UPLOAD("storage-upload", Labels.COMPONENT_UPLOADER, SHORT),
    CLEANUP("storage-cleanup", Labels.COMPONENT_CLEANER, LONG);

    private final String command;
    private final String component;
    private final Duration limit;

    Kind(String command, String component, Duration limit) {
      this.command = command;
      this.component = component;
      this.limit = limit;
    }

    String command() {
      return command;
    }

    String component() {
      return component;
    }

    Duration limit() {
      return limit;
    }
  }

  public static VolumeTask initialise(BackupStorage storage, String version) {
    return new VolumeTask(Kind.INIT, storage, storage, VolumePlan.of(bare(storage), version),
        String.valueOf(storage.getMetadata().getGeneration()));
  }

  public static VolumeTask initialise(BackupStorage storage, Repository repository, String version) {
    return new VolumeTask(Kind.INIT, storage, repository, VolumePlan.of(bare(storage), version).about(repository), "");
  }

  public static VolumeTask store(BackupStorage storage, Repository repository, String version) {
    return new VolumeTask(Kind.UPLOAD, storage, repository, VolumePlan.of(bare(storage), version).about(repository),
        repository.getStatus() == null ? "" : repository.getStatus().lastBackupTime() + " "
            + repository.getStatus().snapshotCount());
  }

  public static VolumeTask store(BackupStorage storage, Repository repository, Snapshot snapshot,
      List<StoredVolumeSnapshot> data, String version) {
    return new VolumeTask(Kind.UPLOAD, storage, snapshot,
        VolumePlan.of(bare(storage), version).about(bare(repository)).about(snapshot, data), data.toString());
  }

  public static VolumeTask wipe(BackupStorage storage, String version) {
    return new VolumeTask(Kind.CLEANUP, storage, storage, VolumePlan.of(bare(storage), version), "");
  }

  public static VolumeTask wipe(BackupStorage storage, Repository repository, String version) {
    return new VolumeTask(Kind.CLEANUP, storage, repository, VolumePlan.of(bare(storage), version)
        .about(bare(repository)), "");
  }

  public static VolumeTask remove(BackupStorage storage, Repository repository, Snapshot snapshot, String version) {
    Snapshot named = new Snapshot();
    named.setMetadata(snapshot.getMetadata());
    return new VolumeTask(Kind.CLEANUP, storage, snapshot,
        VolumePlan.of(bare(storage), version).about(bare(repository)).about(named, List.of()), "");
  }

  public static VolumeTask synchronise(BackupStorage storage, StoredRepository entry, String version) {
    return new VolumeTask(Kind.SYNC, storage, storage, VolumePlan.of(bare(storage), version).about(entry),
        entry.namespace() + "/" + entry.name() + " " + entry.path());
  }

  private static BackupStorage bare(BackupStorage storage) {
    BackupStorage bare = new BackupStorage();
    bare.setMetadata(storage.getMetadata());
    bare.setSpec(storage.getSpec());
    return bare;
  }

  private static Repository bare(Repository repository) {
    Repository bare = new Repository();
    bare.setMetadata(repository.getMetadata());
    bare.setSpec(repository.getSpec());
    return bare;
  }

  /** The same for all attempts at this work, and for no other work. */
  String id() {
    String entry = plan.entry().map(each -> " " + each.namespace() + "/" + each.name()).orElse("");
    return kind.command() + " " + owner.getKind() + " " + Metadata.key(owner) + " " + owner.getMetadata().getUid()
        + entry;
  }

  String name() {
    String of = owner.getMetadata().getName();
    return switch (kind) {
      case INIT -> Names.initializerJob(of);
      case SYNC -> Names.synchroniserJob(of);
      case UPLOAD -> Names.uploadJob(of);
      case CLEANUP -> Names.cleanupJob(of);
    };
  }

  /** The namespace that a synchronisation makes objects in. */
  Optional<String> reached() {
    return plan.entry().map(StoredRepository::namespace).map(namespace -> Objects.requireNonNullElse(namespace, ""));
  }

  /** Without a report of these nobody knows what was found. */
  boolean needsReport() {
    return kind == Kind.SYNC || kind == Kind.INIT && owner instanceof BackupStorage;
  }
}
