package io.snapstash.picture;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Session;
import io.snapstash.api.Snapshot;
import io.snapstash.domain.retention.Candidate;
import io.snapstash.domain.retention.Retention;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the RetentionPolicies would do to a Repository now (behaviour 9). It is the same judgement that follows a run,
 * but for claims that are just being made from a Snapshot: nobody asks for those to draw a picture.
 */
public final class RetentionFates implements Fates {
  @Override
  public Verdict of(Repository repository, List<BackupConfiguration> users, List<Snapshot> snapshots,
      Inventory inventory, Instant now) {
    Map<String, Fate> fates = new HashMap<>();
    users.forEach(configuration -> Read.list(configuration.getSpec().sessions()).forEach(session ->
        policy(configuration, session, repository, inventory).ifPresent(policy ->
            judge(policy, session, snapshots, now, fates))));
    return new Verdict(String.join(", ", Stores.policies(repository, users)), fates);
  }

  private static void judge(RetentionPolicy policy, Session session, List<Snapshot> snapshots, Instant now,
      Map<String, Fate> fates) {
    List<Candidate> group = snapshots.stream()
        .filter(snapshot -> snapshot.getMetadata().getDeletionTimestamp() == null
            && session.name().equals(snapshot.getSpec().session()))
        .map(RetentionFates::candidate).toList();
    Retention.decide(policy.getSpec(), group, now).forEach(verdict -> fates.put(verdict.snapshot().name(),
        new Fate(true, verdict instanceof io.snapstash.domain.retention.Verdict.Remove, verdict.reason())));
  }

  private static Candidate candidate(Snapshot snapshot) {
    boolean held = "true".equals(Optional.ofNullable(snapshot.getMetadata().getLabels()).orElse(Map.of())
        .get(Labels.HOLD));
    boolean ours = Optional.ofNullable(snapshot.getMetadata().getAnnotations()).orElse(Map.of())
        .containsKey(Labels.BACKUP_SESSION_UID);
    return new Candidate(snapshot.getMetadata().getName(),
        snapshot.getStatus() == null ? "" : Read.text(snapshot.getStatus().phase()),
        Optional.ofNullable(snapshot.getStatus()).map(status -> status.snapshotTime())
            .orElseGet(() -> Instant.parse(snapshot.getMetadata().getCreationTimestamp())),
        held ? Optional.of("it is held") : ours ? Optional.empty() : Optional.of("it is not of ours"));
  }

  private static Optional<RetentionPolicy> policy(
      BackupConfiguration configuration, Session session, Repository repository, Inventory inventory) {
    return Read.list(session.repositories()).stream()
        .filter(each -> repository.getMetadata().getName().equals(each.name())).findFirst()
        .flatMap(each -> backend(configuration, each)).map(BackendReference::retentionPolicy)
        .flatMap(reference -> inventory.policies().stream().filter(policy -> policy.getSpec() != null
            && policy.getMetadata().getName().equals(reference.name())
            && policy.getMetadata().getNamespace().equals(Read.text(reference.namespace()).isEmpty()
                ? configuration.getMetadata().getNamespace() : reference.namespace())).findFirst());
  }

  private static Optional<BackendReference> backend(BackupConfiguration configuration, RepositoryInfo repository) {
    return Read.list(configuration.getSpec().backends()).stream()
        .filter(backend -> Read.text(backend.name()).equals(Read.text(repository.backend()))).findFirst();
  }
}
