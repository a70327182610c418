package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ServiceAccounts that Jobs run as: one per use and namespace, bound there to the ClusterRole of the same name
 * (behaviour 17.5).
 */
public enum JobAccounts {
  TRIGGER("snapstash-trigger"), BACKUP("snapstash-backup"), RESTORE("snapstash-restore"),
  STORAGE("snapstash-storage");

  private final String accountName;

  JobAccounts(String accountName) {
    this.accountName = accountName;
  }

  public String accountName() {
    return accountName;
  }

  /** What is missing of account and binding in the namespace of the Job. */
  public List<Effect> ensure(Caches caches, String namespace) {
    return ensure(caches, namespace, Set.of());
  }

  /** The same, and bindings in the other namespaces that the Job reaches into with their consent. */
  public List<Effect> ensure(Caches caches, String namespace, Set<String> reached) {
    List<Effect> effects = new ArrayList<>(account(caches, namespace));
    bind(caches, accountName, namespace, namespace).ifPresent(effects::add);
    new TreeSet<>(reached).stream().filter(other -> !other.equals(namespace))
        .forEach(other -> bind(caches, accountName + "-" + namespace, other, namespace).ifPresent(effects::add));
    return effects;
  }

  /** The account alone, for Jobs that ask nothing of the API server. */
  public List<Effect> account(Caches caches, String namespace) {
    List<Effect> effects = new ArrayList<>();
    if (caches.serviceAccounts.get(new ResourceKey(namespace, accountName)).isEmpty()) {
      effects.add(new Effect.Create(ResourceTypes.SERVICE_ACCOUNTS, namespace,
          named("v1", "ServiceAccount", accountName, namespace), new Proof.Any()));
    }
    return effects;
  }

  private Optional<Effect> bind(Caches caches, String name, String in, String accountNamespace) {
    return caches.roleBindings.get(new ResourceKey(in, name)).isPresent() ? Optional.empty()
        : Optional.of(new Effect.Create(ResourceTypes.ROLE_BINDINGS, in, binding(name, in, accountNamespace),
            new Proof.Any()));
  }

  private ObjectNode binding(String name, String in, String accountNamespace) {
    ObjectNode binding = named("rbac.authorization.k8s.io/v1", "RoleBinding", name, in);
    binding.putObject("roleRef").put("apiGroup", "rbac.authorization.k8s.io").put("kind", "ClusterRole")
        .put("name", accountName);
    binding.putArray("subjects").addObject().put("kind", "ServiceAccount").put("name", accountName)
        .put("namespace", accountNamespace);
    return binding;
  }

  private static ObjectNode named(String apiVersion, String kind, String name, String namespace) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", namespace)
        .putObject("labels").put(Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE);
    return object;
  }
}
