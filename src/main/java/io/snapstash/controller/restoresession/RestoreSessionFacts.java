package io.snapstash.controller.restoresession;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.hook.RunHooks;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the rules for a RestoreSession look at.
 *
 * @param violations why the object makes no sense as it stands
 * @param targetFound empty if it names no target
 * @param snapshot the Snapshot to restore: the one noted in the status, else the one that fits now
 * @param dependencies what it refers to, and whether that is there
 * @param missing what is not there, as reason and message of a condition
 * @param claims those this restore has made
 * @param pairs what was made for this restore alone and is to go after it; looked at only then
 * @param preparation what a Job would be made of; empty once there is one, or while something is missing
 * @param refusal what an earlier attempt to start met, if repeating it would meet the same
 * @param summaryTarget the application: the target, else that of the Snapshot (behaviour 8.16)
 */
@RecordBuilder
record RestoreSessionFacts(RestoreSession restore, Instant now, List<String> violations, Optional<Boolean> targetFound,
    Optional<Snapshot> snapshot, List<ResourceFoundStatus> dependencies, Optional<Missing> missing,
    List<TypedObjectReference> pausedBackups, Optional<Job> job, List<Pod> pods, Optional<String> jobTrouble,
    List<PersistentVolumeClaim> claims, List<LentPair> pairs, Optional<RestorePreparation> preparation,
    Optional<String> refusal, RunHooks hooks, Optional<TypedObjectReference> summaryTarget,
    Duration defaultTimeout, Duration podPendingThreshold) implements RestoreSessionFactsBuilder.With {

  RestoreSessionFacts {
    violations = List.copyOf(violations);
    dependencies = List.copyOf(dependencies);
    pausedBackups = List.copyOf(pausedBackups);
    pods = List.copyOf(pods);
    claims = List.copyOf(claims);
    pairs = List.copyOf(pairs);
  }

  /** Something the restore waits for. */
  record Missing(String reason, String message) {}
}
