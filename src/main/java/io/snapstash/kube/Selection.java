package io.snapstash.kube;

import io.snapstash.engine.ResourceKey;

/** Which objects of a kind are meant. An empty namespace means all; empty selectors select everything. */
public record Selection(String namespace, String labels, String fields) {
  private static final String ONE = "metadata.name=";

  public static final Selection EVERYTHING = new Selection("", "", "");

  public static Selection in(String namespace) {
    return new Selection(namespace, "", "");
  }

  public static Selection labelled(String labels) {
    return new Selection("", labels, "");
  }

  public static Selection one(String namespace, String name) {
    return new Selection(namespace, "", ONE + name);
  }

  public Selection within(String namespace) {
    return new Selection(namespace, labels, fields);
  }

  /** Whether an object of that name may be selected; whether it is can depend on what is in it. */
  boolean mayHold(ResourceKey key) {
    return (namespace.isEmpty() || namespace.equals(key.namespace()))
        && (!fields.startsWith(ONE) || fields.equals(ONE + key.name()));
  }
}
