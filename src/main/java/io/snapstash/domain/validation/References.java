package io.snapstash.domain.validation;

import io.snapstash.api.ObjectReference;
import io.snapstash.domain.Absent;

/** References in which the namespace may be left out (behaviour 4.5). */
public final class References {
  private References() {}

  /** The same reference with a namespace. */
  public static ObjectReference resolve(ObjectReference reference, String defaultNamespace) {
    String namespace = Absent.text(reference.namespace());
    return new ObjectReference(namespace.isEmpty() ? defaultNamespace : namespace, Absent.text(reference.name()));
  }

  static String shown(ObjectReference reference) {
    return reference.namespace() + "/" + reference.name();
  }
}
