package io.snapstash.job;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.StoredRepository;
import io.snapstash.engine.ResourceKey;
import io.snapstash.storage.Catalogue;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreFailure;
import io.snapstash.storage.StoreLimits;
import io.snapstash.storage.VolumePlan;
import io.snapstash.storage.VolumeReport;
import io.snapstash.storage.Wipe;
import io.snapstash.sync.SyncOutcome;
import io.snapstash.sync.Synchronisation;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code storage-init}, {@code storage-sync}, {@code storage-upload}, {@code storage-cleanup}: the work on the volume
 * of a {@code local} BackupStorage, which only a Pod can mount (storage-layout 5). The outcome is told in the
 * termination message. Each may be repeated and then ends in the same place.
 */
public final class StorageCommand {
  private static final Logger LOG = LoggerFactory.getLogger(StorageCommand.class);

  /** The four kinds of work. */
  public enum Work {
    INIT, SYNC, UPLOAD, CLEANUP;

    /** As the first argument of a container names it; empty for other commands. */
    public static Optional<Work> of(String command) {
      for (Work work : values()) {
        if (command.equals("storage-" + work.name().toLowerCase(Locale.ROOT))) {
          return Optional.of(work);
        }
      }
      return Optional.empty();
    }
  }

  private final Work work;
  private final JobContext context;
  private final UnaryOperator<Path> mounts;
  private final Consumer<String> lastWord;

  /**
   * @param mounts from the path of a mount to where this process sees it
   * @param lastWord takes the termination message
   */
  public StorageCommand(Work work, JobContext context, UnaryOperator<Path> mounts, Consumer<String> lastWord) {
    this.work = work;
    this.context = context;
    this.mounts = mounts;
    this.lastWord = lastWord;
  }

  /** @return an exit code of {@link JobExit} */
  public int run() {
    return Failures.exitCode(LOG, () -> {
      VolumePlan plan = VolumePlan.decode(context.environment().getOrDefault(JobContext.PLAN, ""));
      StoreFactory stores = new StoreFactory(StoreLimits.DEFAULT, Map.of(),
          (_, local) -> Optional.of(mounts.apply(Path.of(local.mountPath()))));
      return Future.succeededFuture().compose(_ -> work(plan, new Catalogue(stores.open(key(plan.storage()),
              plan.storage().getSpec(), Optional.empty()))))
          .map(this::told)
          .recover(failure -> failure instanceof StoreFailure known
              ? Future.succeededFuture(refused(known)) : Future.failedFuture(failure))
          .eventually(stores::close);
    });
  }

  private Future<VolumeReport> work(VolumePlan plan, Catalogue catalogue) {
    return switch (work) {
      case INIT -> initialise(plan, catalogue);
      case SYNC -> synchronise(plan, catalogue);
      case UPLOAD -> upload(plan, catalogue).map(VolumeReport.done());
      case CLEANUP -> cleanUp(plan, catalogue).map(VolumeReport.done());
    };
  }

  private Future<VolumeReport> initialise(VolumePlan plan, Catalogue catalogue) {
    return catalogue.initialise(context.time().now(), plan.version()).compose(meta -> plan.repository()
        .map(repository -> catalogue.initialise(repository).compose(_ -> catalogue.register(entry(repository)))
            .map(VolumeReport.done()))
        .orElseGet(() -> Future.succeededFuture(new VolumeReport("", meta.repositories(), 0))));
  }

  private static Future<Void> upload(VolumePlan plan, Catalogue catalogue) {
    Repository repository = plan.repository().orElseThrow();
    return plan.snapshot().map(snapshot -> catalogue.write(repository.getSpec().path(), snapshot, plan.data()))
        .orElseGet(() -> catalogue.write(repository));
  }

  private static Future<Void> cleanUp(VolumePlan plan, Catalogue catalogue) {
    if (plan.snapshot().isPresent()) {
      return catalogue.removeSnapshot(plan.repository().orElseThrow().getSpec().path(),
          plan.snapshot().get().getMetadata().getName());
    }
    return plan.repository().map(new Wipe(catalogue)::repository).orElseGet(new Wipe(catalogue)::storage);
  }

  private Future<VolumeReport> synchronise(VolumePlan plan, Catalogue catalogue) {
    return new Synchronisation(context.kube(), catalogue, plan.storage(), new SurroundingCluster(context.kube()))
        .run(plan.entry().orElseThrow(), seen -> LOG.info("synchronising files={}", seen))
        .map(outcome -> switch (outcome) {
          case SyncOutcome.Complete(long snapshots) -> new VolumeReport("", plan.entry().stream().toList(), snapshots);
          case SyncOutcome.Incomplete(String error) -> VolumeReport.failed(error);
        });
  }

  private int told(VolumeReport report) {
    Optional<String> message = report.encode();
    if (message.isEmpty()) {
      String error = "metadata.yaml lists " + report.listed().size() + " Repositories, more than a Job can tell of";
      LOG.error("failed cause=\"{}\"", error);
      VolumeReport.failed(error).encode().ifPresent(lastWord);
      return JobExit.FAILED;
    }
    lastWord.accept(message.get());
    LOG.info("done work={} error=\"{}\"", work, report.error());
    return JobExit.DONE;
  }

  private int refused(StoreFailure failure) {
    LOG.error("failed work={} retryable={} cause=\"{}\"", work, failure.retryable(), failure.getMessage());
    VolumeReport.failed(failure.getMessage()).encode().ifPresent(lastWord);
    return failure.retryable() ? JobExit.TRY_AGAIN : JobExit.FAILED;
  }

  private static StoredRepository entry(Repository repository) {
    return new StoredRepository(repository.getMetadata().getName(), repository.getMetadata().getNamespace(),
        repository.getSpec().path(), repository.getStatus() == null ? null : repository.getStatus().size(), null, null);
  }

  private static ResourceKey key(BackupStorage storage) {
    return new ResourceKey(storage.getMetadata().getNamespace(), storage.getMetadata().getName());
  }
}
