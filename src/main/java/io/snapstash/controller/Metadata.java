package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Labels;
import io.snapstash.engine.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reading and patching what stands in an object's metadata. */
public final class Metadata {
  private Metadata() {}

  public static ResourceKey key(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  public static Map<String, String> labels(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
  }

  public static Map<String, String> annotations(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
  }

  /** Empty text if absent. */
  public static String label(HasMetadata object, String key) {
    return labels(object).getOrDefault(key, "");
  }

  public static String annotation(HasMetadata object, String key) {
    return annotations(object).getOrDefault(key, "");
  }

  public static boolean isDeleting(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  public static boolean hasFinalizer(HasMetadata object) {
    return object.getMetadata().getFinalizers() != null
        && object.getMetadata().getFinalizers().contains(Labels.FINALIZER);
  }

  /** The finalizer list is replaced whole, hence the resource version in the patch. */
  public static ObjectNode withFinalizer(HasMetadata object) {
    List<String> finalizers = new ArrayList<>(finalizers(object));
    finalizers.add(Labels.FINALIZER);
    return finalizerPatch(object, finalizers);
  }

  public static ObjectNode withoutFinalizer(HasMetadata object) {
    List<String> finalizers = new ArrayList<>(finalizers(object));
    finalizers.remove(Labels.FINALIZER);
    return finalizerPatch(object, finalizers);
  }

  private static List<String> finalizers(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getFinalizers()).orElse(List.of());
  }

  private static ObjectNode finalizerPatch(HasMetadata object, List<String> finalizers) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    finalizers.forEach(metadata.putArray("finalizers")::add);
    return patch;
  }

  /** The wanted labels that are missing or differ. */
  public static Map<String, String> missingLabels(HasMetadata object, Map<String, String> wanted) {
    Map<String, String> missing = new TreeMap<>(wanted);
    missing.entrySet().removeAll(labels(object).entrySet());
    return missing;
  }

  /** A controller owner reference that holds up the owner's foreground deletion. */
  public static ObjectNode ownerReference(HasMetadata owner) {
    return JsonNodeFactory.instance.objectNode()
        .put("apiVersion", owner.getApiVersion()).put("kind", owner.getKind())
        .put("name", owner.getMetadata().getName()).put("uid", owner.getMetadata().getUid())
        .put("controller", true).put("blockOwnerDeletion", true);
  }

  public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
    return new Proof.ControlledBy(owner.getMetadata().getUid()).accepts(object);
  }

  /** Name of the controlling owner of that kind; empty if there is none. */
  public static Optional<String> controller(HasMetadata object, String kind) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()) && kind.equals(owner.getKind()))
        .map(owner -> owner.getName()).findFirst();
  }
}
