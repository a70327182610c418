package io.snapstash.kube;

/** Which objects of a kind are meant. An empty namespace means all; empty selectors select everything. */
public record Selection(String namespace, String labels, String fields) {
  public static final Selection EVERYTHING = new Selection("", "", "");

  public static Selection in(String namespace) {
    return new Selection(namespace, "", "");
  }

  public static Selection labelled(String labels) {
    return new Selection("", labels, "");
  }

  public static Selection one(String namespace, String name) {
    return new Selection(namespace, "", "metadata.name=" + name);
  }

  public Selection within(String namespace) {
    return new Selection(namespace, labels, fields);
  }
}
