package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A namespace is active, and carries its own name as a label and the finalizer that empties it. */
final class NamespaceRules implements KindRules {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  @Override
  public void beforeCreate(ObjectNode object) {
    object.withObject("/spec").putArray("finalizers").add("kubernetes");
    object.putObject("status").put("phase", "Active");
    label(object);
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    label(object);
  }

  private static void label(ObjectNode object) {
    Metadata.of(object).withObject("/labels").put(NAME_LABEL, Metadata.text(object, "name"));
  }
}
