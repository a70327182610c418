package io.snapstash.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import java.util.Map;

/** Stored objects as they are made anew (storage-layout 6.2 c, d). */
final class SyncManifest {
  private SyncManifest() {}

  /** As stored, but for the storage: what it was called in another cluster says nothing here. */
  static ObjectNode of(Repository stored, BackupStorage storage) {
    ObjectNode repository = frame("Repository", stored, stored.getMetadata().getNamespace());
    ObjectNode spec = Json.MAPPER.valueToTree(stored.getSpec());
    spec.putObject("storageRef").put("namespace", storage.getMetadata().getNamespace())
        .put("name", storage.getMetadata().getName());
    repository.set("spec", spec);
    return repository;
  }

  /** With policy Delete, whatever the stored one says: what was to be wiped elsewhere is not ours to wipe. */
  static ObjectNode of(Snapshot stored, Repository repository) {
    ObjectNode snapshot = frame("Snapshot", stored, repository.getMetadata().getNamespace());
    snapshot.withObject("/metadata").putArray("ownerReferences").addObject()
        .put("apiVersion", "storage.kubestash.com/v1alpha1").put("kind", "Repository")
        .put("name", repository.getMetadata().getName()).put("uid", repository.getMetadata().getUid())
        .put("controller", true).put("blockOwnerDeletion", true);
    ObjectNode spec = Json.MAPPER.valueToTree(stored.getSpec());
    snapshot.set("spec", spec.put("deletionPolicy", "Delete"));
    return snapshot;
  }

  static ObjectNode status(Snapshot stored) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.set("status", Json.MAPPER.valueToTree(stored.getStatus()));
    return patch;
  }

  private static ObjectNode frame(String kind, HasMetadata stored, String namespace) {
    ObjectNode object = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "storage.kubestash.com/v1alpha1").put("kind", kind);
    ObjectNode metadata = object.putObject("metadata")
        .put("name", stored.getMetadata().getName()).put("namespace", namespace);
    put(metadata, "labels", stored.getMetadata().getLabels());
    put(metadata, "annotations", stored.getMetadata().getAnnotations());
    metadata.putArray("finalizers").add(Labels.FINALIZER);
    return object;
  }

  private static void put(ObjectNode metadata, String field, Map<String, String> values) {
    if (values != null && !values.isEmpty()) {
      metadata.set(field, Json.MAPPER.valueToTree(values));
    }
  }
}
