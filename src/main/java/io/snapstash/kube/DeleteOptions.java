package io.snapstash.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How to delete. A uid makes sure that a new object of the same name is not hit; empty texts are left out. */
public record DeleteOptions(String uid, String resourceVersion, String propagationPolicy) {
  public static final DeleteOptions BACKGROUND = new DeleteOptions("", "", "Background");

  /** Deletes exactly the object that was seen, its dependents later by garbage collection. */
  public static DeleteOptions exactly(String uid) {
    return new DeleteOptions(uid, "", "Background");
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", "v1").put("kind", "DeleteOptions");
    if (!propagationPolicy.isEmpty()) {
      body.put("propagationPolicy", propagationPolicy);
    }
    if (!uid.isEmpty()) {
      body.withObject("preconditions").put("uid", uid);
    }
    if (!resourceVersion.isEmpty()) {
      body.withObject("preconditions").put("resourceVersion", resourceVersion);
    }
    return body;
  }
}
