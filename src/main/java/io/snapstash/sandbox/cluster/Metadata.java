package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.snapstash.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the parts ask of, and patch into, the metadata of any object. */
final class Metadata {
  private Metadata() {}

  static boolean isDeleting(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  static boolean hasFinalizer(HasMetadata object, String finalizer) {
    return object.getMetadata().getFinalizers() != null && object.getMetadata().getFinalizers().contains(finalizer);
  }

  static Map<String, String> annotations(HasMetadata object) {
    return object.getMetadata().getAnnotations() == null ? Map.of() : object.getMetadata().getAnnotations();
  }

  static Map<String, String> labels(HasMetadata object) {
    return object.getMetadata().getLabels() == null ? Map.of() : object.getMetadata().getLabels();
  }

  static Optional<String> controllerUid(HasMetadata object) {
    return owners(object).stream().filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .map(OwnerReference::getUid).findFirst();
  }

  static List<String> ownerUids(HasMetadata object) {
    return owners(object).stream().map(OwnerReference::getUid).toList();
  }

  static List<OwnerReference> owners(HasMetadata object) {
    return object.getMetadata().getOwnerReferences() == null ? List.of() : object.getMetadata().getOwnerReferences();
  }

  static OwnerReference controlledBy(HasMetadata owner) {
    return new OwnerReferenceBuilder().withApiVersion(owner.getApiVersion()).withKind(owner.getKind())
        .withName(owner.getMetadata().getName()).withUid(owner.getMetadata().getUid())
        .withController(true).withBlockOwnerDeletion(true).build();
  }

  /** Refused with a conflict if somebody else wrote meanwhile, because a merge patch replaces the whole list. */
  static ObjectNode finalizersPatch(HasMetadata object, List<String> add, List<String> remove) {
    List<String> wanted = new ArrayList<>(
        object.getMetadata().getFinalizers() == null ? List.of() : object.getMetadata().getFinalizers());
    wanted.removeAll(remove);
    add.stream().filter(finalizer -> !wanted.contains(finalizer)).forEach(wanted::add);
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode metadata = patch.putObject("metadata").put("resourceVersion", object.getMetadata().getResourceVersion());
    ArrayNode list = metadata.putArray("finalizers");
    wanted.forEach(list::add);
    return patch;
  }

  static ObjectNode annotationsPatch(Map<String, String> annotations) {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode target = patch.putObject("metadata").putObject("annotations");
    annotations.forEach(target::put);
    return patch;
  }
}
