package io.snapstash.engine;

/** Namespace and name of an object; the namespace of a cluster-scoped one is empty. */
public record ResourceKey(String namespace, String name) implements Comparable<ResourceKey> {
  public ResourceKey {
    namespace = namespace == null ? "" : namespace;
  }

  public static ResourceKey clusterScoped(String name) {
    return new ResourceKey("", name);
  }

  @Override
  public int compareTo(ResourceKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
