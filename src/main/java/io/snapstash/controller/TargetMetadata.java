package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.snapstash.domain.blueprint.BlueprintRequest;
import io.snapstash.kube.ObjectMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator keeps of the objects that users may point at: that they exist, whether a claim is bound, and what
 * asks for a blueprint. A cluster has tens of thousands of them, nearly all of which ask for nothing.
 */
final class TargetMetadata {
  static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

  private TargetMetadata() {}

  /** Of a claim its age is kept as well: people are told for how long it has gone without a backup. */
  static void unneededOfClaim(ObjectMetadata claim) {
    String created = claim.getMetadata().getCreationTimestamp();
    unneeded(claim);
    claim.getMetadata().setCreationTimestamp(created);
  }

  static void unneeded(ObjectMetadata object) {
    ObjectMeta whole = object.getMetadata();
    Map<String, String> annotations = new TreeMap<>(Metadata.annotations(object));
    annotations.keySet().removeIf(key -> !key.equals(BIND_COMPLETED) && !BlueprintRequest.reads(key));
    ObjectMeta kept = new ObjectMeta();
    kept.setNamespace(whole.getNamespace());
    kept.setName(whole.getName());
    kept.setResourceVersion(whole.getResourceVersion());
    kept.setDeletionTimestamp(whole.getDeletionTimestamp());
    kept.setLabels(Map.of());
    kept.setFinalizers(List.of());
    kept.setManagedFields(List.of());
    kept.setAdditionalProperties(Map.of());
    kept.setAnnotations(annotations.isEmpty() ? null : annotations);
    boolean asks = BlueprintRequest.of(annotations).isPresent();
    kept.setOwnerReferences(asks ? whole.getOwnerReferences() : List.of());
    if (asks) {
      kept.setUid(whole.getUid());
    }
    object.setMetadata(kept);
  }
}
