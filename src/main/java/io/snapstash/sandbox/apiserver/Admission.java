package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands between a well-formed request and the store: namespaces, names, and the rules of the kind. */
final class Admission {
  private static final Set<String> PERMANENT = Set.of("default", "kube-system", "kube-public");

  private final Store store;
  private final ResourceRegistry registry;
  private final KindRulesTable kinds;

  Admission(Store store, ResourceRegistry registry, KindRulesTable kinds) {
    this.store = store;
    this.registry = registry;
    this.kinds = kinds;
  }

  /** New objects need a namespace that is there and stays. */
  void checkNamespace(ApiResource resource, String namespace, String name) {
    if (!resource.namespaced()) {
      return;
    }
    ApiResource namespaces = registry.builtin("", "namespaces");
    JsonNode found = store.get(namespaces.storage(), namespace).map(Stored::tree)
        .orElseThrow(() -> Failures.notFound(namespaces, namespace));
    if (Metadata.isDeleting(found)) {
      ApiFailure refusal = Failures.forbidden(resource, name, "unable to create new content in namespace " + namespace
          + " because it is being terminated");
      refusal.status().withObject("/details").withArray("/causes").addObject().put("reason", "NamespaceTerminating")
          .put("message", "namespace " + namespace + " is being terminated").put("field", "metadata.namespace");
      throw refusal;
    }
  }

  void checkDeletable(ApiResource resource, String name) {
    if (resource.is("namespaces") && PERMANENT.contains(name)) {
      throw Failures.forbidden(resource, name, "this namespace may not be deleted");
    }
  }

  void admitNew(ApiResource resource, ObjectNode object) {
    KindRules rules = kinds.of(resource);
    rules.beforeCreate(object);
    refuseIfAny(resource, object, check(resource, rules, object, Optional.empty()));
  }

  void admitChange(ApiResource resource, ObjectNode object, ObjectNode old) {
    KindRules rules = kinds.of(resource);
    rules.beforeUpdate(object, old);
    List<FieldError> errors = check(resource, rules, object, Optional.of(old));
    Set<String> added = Metadata.finalizers(object);
    added.removeAll(Metadata.finalizers(old));
    if (Metadata.isDeleting(old) && !added.isEmpty()) {
      errors.addFirst(FieldError.forbidden("metadata.finalizers", "no new finalizers can be added if the object is "
          + "being deleted, found new finalizers []string{\"" + String.join("\", \"", added) + "\"}"));
    }
    refuseIfAny(resource, object, errors);
  }

  private static List<FieldError> check(ApiResource resource, KindRules rules, ObjectNode object,
      Optional<ObjectNode> old) {
    List<FieldError> errors = new ArrayList<>(NameRules.check(resource, object));
    errors.addAll(rules.check(object, old));
    return errors;
  }

  private static void refuseIfAny(ApiResource resource, ObjectNode object, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw Failures.invalid(resource, Metadata.text(object, "name"), errors);
    }
  }
}
