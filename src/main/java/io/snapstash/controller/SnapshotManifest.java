package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotSummary;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import java.time.Instant;
import java.util.Optional;

/** The Snapshot that a run makes in one Repository (behaviour 6.6). */
public final class SnapshotManifest {
  private SnapshotManifest() {}

  public static ObjectNode of(BackupSession run, BackupConfiguration invoker, Repository repository) {
    TypedObjectReference app = Targets.resolve(invoker);
    String name = Names.snapshot(repository.getMetadata().getName(), run.getMetadata().getName());
    ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
    snapshot.put("apiVersion", repository.getApiVersion()).put("kind", "Snapshot");
    ObjectNode metadata = snapshot.putObject("metadata");
    metadata.put("name", name).put("namespace", run.getMetadata().getNamespace());
    metadata.set("labels", Json.MAPPER.valueToTree(OffshootLabels.ofSnapshot(
        repository.getMetadata().getName(), app.kind(), app.name(), app.namespace())));
    metadata.putObject("annotations")
        .put(Labels.BACKUP_SESSION, Metadata.key(run).toString())
        .put(Labels.BACKUP_SESSION_UID, run.getMetadata().getUid());
    metadata.putArray("finalizers").add(Labels.FINALIZER);
    metadata.putArray("ownerReferences").add(Metadata.ownerReference(repository));
    ObjectNode spec = snapshot.putObject("spec");
    Instant created = Instant.parse(run.getMetadata().getCreationTimestamp());
    spec.put("snapshotID", Ulid.of(created, run.getMetadata().getUid() + repository.getMetadata().getUid()))
        .put("type", "FullBackup").put("repository", repository.getMetadata().getName())
        .put("session", run.getSpec().session()).put("backupSession", run.getMetadata().getName())
        .put("version", "v1").put("deletionPolicy", "Delete");
    spec.set("appRef", Json.MAPPER.valueToTree(app));
    return snapshot;
  }

  /** Written right after the creation, because a new object's status is dropped by the API server. */
  public static ObjectNode initialStatus(int totalComponents) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("status").put("phase", Phases.PENDING).put("totalComponents", totalComponents);
    return patch;
  }

  /** How a run lists it. */
  public static SnapshotSummary summary(Snapshot snapshot) {
    return new SnapshotSummary(snapshot.getMetadata().getName(), snapshot.getSpec().repository(),
        Optional.of(Components.phaseOf(snapshot)).filter(phase -> !phase.isEmpty()).orElse(Phases.PENDING),
        snapshot.getSpec().appRef());
  }
}
