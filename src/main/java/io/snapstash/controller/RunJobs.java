package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.Optional;

/** The Jobs of backup and restore runs. */
public final class RunJobs {
  private RunJobs() {}

  /** The Job of the run, as far as the cache knows. */
  public static Optional<Job> of(Caches caches, HasMetadata run, String name) {
    return caches.jobs.get(key(run, name)).filter(job -> Metadata.isControlledBy(job, run));
  }

  /**
   * As above, but one that the cache lacks is looked for at the server: a view that has fallen behind, or gone back in
   * time, must not end a run whose Job is at work.
   */
  public static Future<Optional<Job>> confirmed(Operator operator, Optional<Job> known, HasMetadata run, String name) {
    return known.isPresent() ? Future.succeededFuture(known)
        : operator.kube().find(ResourceTypes.JOBS, key(run, name))
            .map(found -> found.filter(job -> Metadata.isControlledBy(job, run)))
            .onSuccess(found -> found.ifPresent(operator.caches()::observe));
  }

  private static ResourceKey key(HasMetadata run, String name) {
    return new ResourceKey(run.getMetadata().getNamespace(), name);
  }
}
