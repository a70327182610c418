package io.snapstash.controller.backupsession;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Repository;
import io.snapstash.api.Session;
import io.snapstash.api.Snapshot;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Targets;
import io.snapstash.controller.hook.RunHooks;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the rules for a BackupSession look at.
 *
 * @param siblings the other BackupSessions of the same invoker and session
 * @param paused why the invoker may not start a run now; empty if it may
 * @param repositories those of the session's repositories that exist, by name
 * @param snapshots the Snapshots of this run
 * @param preparation what has to be made for the run to start; empty once that is behind us
 * @param refusal what an earlier attempt to start met, if repeating it would meet the same
 * @param hooks also those of an invoker that is being deleted: what they began has to end
 * @param cut whether all data is cut; asked for only while a hook waits for it
 * @param jobTrouble what keeps the Job from having a running Pod, told only when that lasts too long
 */
@RecordBuilder
record BackupSessionFacts(BackupSession session, Instant now, Optional<BackupConfiguration> invoker,
    List<BackupSession> siblings, Optional<String> paused, Map<String, Repository> repositories,
    List<Snapshot> snapshots, Optional<Job> job, List<Pod> pods, Optional<Preparation> preparation,
    Optional<Refusal> refusal, Optional<String> jobTrouble, RunHooks hooks, boolean cut, Duration defaultTimeout,
    Duration podPendingThreshold)
    implements BackupSessionFactsBuilder.With {

  BackupSessionFacts {
    siblings = List.copyOf(siblings);
    repositories = Map.copyOf(repositories);
    snapshots = List.copyOf(snapshots);
    pods = List.copyOf(pods);
  }

  /** An effect of the start that was refused for good. */
  record Refusal(boolean aboutSnapshots, String message) {}

  /** The application, with its namespace. */
  Optional<TypedObjectReference> target() {
    return invoker.map(Targets::resolve);
  }

  /** The session of the invoker that this run is for. */
  Optional<Session> configured() {
    return invoker.flatMap(found -> configured(found, session));
  }

  static Optional<Session> configured(BackupConfiguration invoker, BackupSession run) {
    return Optional.ofNullable(invoker.getSpec().sessions()).orElse(List.of()).stream()
        .filter(session -> session.name() != null && session.name().equals(run.getSpec().session())).findFirst();
  }
}
