package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * The ServiceAccounts that Jobs run as: one per use and namespace, bound there to the ClusterRole of the same name
 * (behaviour 17.5).
 */
public enum JobAccounts {
  TRIGGER("snapstash-trigger"), BACKUP("snapstash-backup"), RESTORE("snapstash-restore"), STORAGE("snapstash-storage");

  private final String accountName;

  JobAccounts(String accountName) {
    this.accountName = accountName;
  }

  public String accountName() {
    return accountName;
  }

  /** What is missing of account and binding in that namespace. */
  public List<Effect> ensure(Caches caches, String namespace) {
    ResourceKey key = new ResourceKey(namespace, accountName);
    List<Effect> effects = new ArrayList<>();
    if (caches.serviceAccounts.get(key).isEmpty()) {
      effects.add(new Effect.Create(ResourceTypes.SERVICE_ACCOUNTS, namespace,
          named("v1", "ServiceAccount", namespace), new Proof.Any()));
    }
    if (caches.roleBindings.get(key).isEmpty()) {
      effects.add(new Effect.Create(ResourceTypes.ROLE_BINDINGS, namespace, binding(namespace), new Proof.Any()));
    }
    return effects;
  }

  private ObjectNode binding(String namespace) {
    ObjectNode binding = named("rbac.authorization.k8s.io/v1", "RoleBinding", namespace);
    binding.putObject("roleRef").put("apiGroup", "rbac.authorization.k8s.io").put("kind", "ClusterRole")
        .put("name", accountName);
    binding.putArray("subjects").addObject().put("kind", "ServiceAccount").put("name", accountName)
        .put("namespace", namespace);
    return binding;
  }

  private ObjectNode named(String apiVersion, String kind, String namespace) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", accountName).put("namespace", namespace)
        .putObject("labels").put(Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE);
    return object;
  }
}
