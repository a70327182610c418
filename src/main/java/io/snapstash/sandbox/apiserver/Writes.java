package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.engine.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Create, update and patch, of objects and of their status. */
final class Writes {
  private final Store store;
  private final Time time;
  private final Admission admission;
  private final Presentation presentation;
  private final Removal removal;
  private final SplittableRandom random = new SplittableRandom();

  Writes(Store store, Time time, Admission admission, Presentation presentation, Removal removal) {
    this.store = store;
    this.time = time;
    this.admission = admission;
    this.presentation = presentation;
    this.removal = removal;
  }

  Answer create(ApiResource resource, ApiRequest request) {
    ObjectNode object = Body.object(request, resource.apiVersion(), resource.kind());
    return create(resource, request, object);
  }

  Answer create(ApiResource resource, ApiRequest request, ObjectNode object) {
    ObjectNode metadata = Metadata.of(object);
    place(resource, request, metadata);
    if (!metadata.path("resourceVersion").asText("").isEmpty()) {
      throw Failures.internal("resourceVersion should not be set on objects to be created");
    }
    Metadata.nameFromPrefix(metadata, random);
    String name = metadata.path("name").asText("");
    admission.checkNamespace(resource, request.namespace(), name);
    List<String> warnings = Decoding.decode(resource, request, object);
    Views.toStored(resource, object);
    Metadata.begin(object, resource.counted(), time.now());
    if (resource.status() && !resource.is("nodes")) {
      object.remove("status");
    }
    String key = Store.key(request.namespace(), name);
    admission.admitNew(resource, object);
    if (store.get(resource.storage(), key).isPresent()) {
      throw Failures.alreadyExists(resource, name);
    }
    Stored stored = request.isDryRun() ? new Stored(key, object, 0) : store.put(resource.storage(), key, object);
    return Answer.json(201, presentation.one(resource, Form.of(request), stored)).withWarnings(warnings);
  }

  private static void place(ApiResource resource, ApiRequest request, ObjectNode metadata) {
    String namespace = metadata.path("namespace").asText("");
    if (!resource.namespaced()) {
      metadata.remove("namespace");
    } else if (!namespace.isEmpty() && !namespace.equals(request.namespace())) {
      throw Failures.badRequest("the namespace of the provided object does not match the namespace sent on the request");
    } else {
      metadata.put("namespace", request.namespace());
    }
    String name = metadata.path("name").asText("");
    if (!request.name().isEmpty() && !name.equals(request.name())) {
      throw Failures.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
          + request.name() + ")");
    }
  }

  Answer update(ApiResource resource, ApiRequest request) {
    Stored old = find(resource, request);
    ObjectNode object = Body.object(request, resource.apiVersion(), resource.kind());
    String uid = Metadata.text(object, "uid");
    if (!uid.isEmpty() && !uid.equals(Metadata.text(old.tree(), "uid"))) {
      throw Failures.conflict(resource, request.name(), "Precondition failed: UID in precondition: " + uid
          + ", UID in object meta: " + Metadata.text(old.tree(), "uid"));
    }
    if (!resource.isBuiltin() && Metadata.text(object, "resourceVersion").isEmpty()) {
      throw Failures.invalid(resource, request.name(), List.of(
          new FieldError("FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0: must be specified for an update")));
    }
    return change(resource, request, old, object);
  }

  Answer patch(ApiResource resource, ApiRequest request) {
    boolean applies = request.contentType().equals("application/apply-patch+yaml");
    Optional<Stored> found = store.get(resource.storage(), request.objectKey());
    if (applies && found.isEmpty() && request.subresource().isEmpty()) {
      ObjectNode object = Body.object(request, resource.apiVersion(), resource.kind());
      return create(resource, request, object);
    }
    Stored old = found.orElseThrow(() -> Failures.notFound(resource, request.name()));
    JsonNode patched = Patches.apply(resource, request, Views.shown(resource, old.tree()));
    if (!(patched instanceof ObjectNode object)) {
      throw Failures.badRequest("the patch does not leave an object");
    }
    String uid = Metadata.text(object, "uid");
    if (request.subresource().isEmpty() && !uid.equals(Metadata.text(old.tree(), "uid")) && !uid.isEmpty()) {
      throw Failures.invalid(resource, request.name(),
          List.of(FieldError.invalid("metadata.uid", uid, "field is immutable")));
    }
    return change(resource, request, old, object);
  }

  Stored find(ApiResource resource, ApiRequest request) {
    return store.get(resource.storage(), request.objectKey())
        .orElseThrow(() -> Failures.notFound(resource, request.name()));
  }

  private Answer change(ApiResource resource, ApiRequest request, Stored old, ObjectNode object) {
    ObjectNode before = old.tree();
    place(resource, request, Metadata.of(object));
    String version = Metadata.text(object, "resourceVersion");
    if (!version.isEmpty() && !version.equals("0") && !version.equals(Long.toString(old.version()))) {
      throw Failures.conflict(resource, request.name(), Failures.CONFLICT_TEXT);
    }
    List<String> warnings = Decoding.decode(resource, request, object);
    Views.toStored(resource, object);
    object.put("apiVersion", before.path("apiVersion").asText());
    ObjectNode after = merged(resource, request, before, object);
    admission.admitChange(resource, after, before);
    Stored stored = commit(resource, request, old, after);
    return Answer.json(200, presentation.one(resource, Form.of(request), stored)).withWarnings(warnings);
  }

  /** Of what was sent, only the part that this endpoint writes. */
  private static ObjectNode merged(ApiResource resource, ApiRequest request, ObjectNode before, ObjectNode object) {
    if (request.subresource().equals("status")) {
      ObjectNode after = before.deepCopy();
      replace(after, object, "status");
      return after;
    }
    Metadata.keep(object, before);
    if (resource.status()) {
      replace(object, before, "status");
    }
    if (resource.is("namespaces")) {
      object.withObject("/spec").set("finalizers", before.path("spec").path("finalizers").deepCopy());
    }
    if (resource.counted() && !sameSpec(object, before)) {
      Metadata.bumpGeneration(object);
    }
    return object;
  }

  private static void replace(ObjectNode object, ObjectNode source, String field) {
    if (source.has(field)) {
      object.set(field, source.get(field).deepCopy());
    } else {
      object.remove(field);
    }
  }

  private static boolean sameSpec(ObjectNode one, ObjectNode other) {
    return withoutBookkeeping(one).equals(withoutBookkeeping(other));
  }

  private static ObjectNode withoutBookkeeping(ObjectNode object) {
    ObjectNode rest = object.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!List.of("metadata", "status", "apiVersion", "kind").contains(field.getKey())) {
        rest.set(field.getKey(), field.getValue());
      }
    }
    return rest;
  }

  /** A change of nothing is no change; the last finalizer of a deleted object takes it away. */
  Stored commit(ApiResource resource, ApiRequest request, Stored old, ObjectNode after) {
    if (after.equals(old.tree())) {
      return old;
    }
    if (request.isDryRun()) {
      return new Stored(old.key(), after, old.version());
    }
    if (removal.isDue(resource, after)) {
      return store.remove(resource.storage(), old.key(), after).orElseThrow();
    }
    return store.put(resource.storage(), old.key(), after);
  }
}
