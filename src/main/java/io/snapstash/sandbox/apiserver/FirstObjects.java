package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Time;
import java.util.List;

/** What a fresh server has: four namespaces; and in every namespace, from its beginning, the default account. */
final class FirstObjects {
  private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final Store store;
  private final ResourceRegistry registry;
  private final Time time;

  FirstObjects(Store store, ResourceRegistry registry, Time time) {
    this.store = store;
    this.registry = registry;
    this.time = time;
  }

  void create() {
    ApiResource namespaces = registry.builtin("", "namespaces");
    store.listen((storage, change) -> {
      if (storage.equals(namespaces.storage()) && change.before().isEmpty()) {
        addAccount(change.key());
      }
    });
    for (String name : NAMESPACES) {
      ObjectNode namespace = object("Namespace", name);
      new NamespaceRules().beforeCreate(namespace);
      store.put(namespaces.storage(), name, namespace);
    }
  }

  private void addAccount(String namespace) {
    ObjectNode account = object("ServiceAccount", "default");
    Metadata.of(account).put("namespace", namespace);
    store.put(registry.builtin("", "serviceaccounts").storage(), Store.key(namespace, "default"), account);
  }

  private ObjectNode object(String kind, String name) {
    ObjectNode object = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    Metadata.begin(object, false, time.now());
    return object;
  }
}
