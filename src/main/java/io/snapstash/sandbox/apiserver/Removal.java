package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Time;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Delete and deletecollection: at once, or as a wish that finalizers and grace periods hold up. */
final class Removal {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";
  private static final Set<String> POLICIES = Set.of("Foreground", "Background", "Orphan");
  /** Kinds from the time before owner references: unless the client asks otherwise, their Pods are left behind. */
  private static final Set<String> ORPHANING = Set.of("jobs", "replicationcontrollers");
  private static final long POD_GRACE = 30;
  private static final Set<String> ANSWERED_WHOLE =
      Set.of("pods", "persistentvolumeclaims", "persistentvolumes", "serviceaccounts");

  private final Store store;
  private final Time time;
  private final Admission admission;
  private final Presentation presentation;

  Removal(Store store, Time time, Admission admission, Presentation presentation) {
    this.store = store;
    this.time = time;
    this.admission = admission;
    this.presentation = presentation;
  }

  Answer delete(ApiResource resource, ApiRequest request) {
    admission.checkDeletable(resource, request.name());
    Stored object = store.get(resource.storage(), request.objectKey())
        .orElseThrow(() -> Failures.notFound(resource, request.name()));
    JsonNode options = options(request);
    checkPreconditions(resource, object, options.path("preconditions"));
    Stored left = remove(resource, object, options, isDry(request, options));
    if (left.version() != object.version() && store.get(resource.storage(), object.key()).isEmpty()
        && !ANSWERED_WHOLE.contains(resource.plural())) {
      return Answer.json(200, success(resource, object));
    }
    return Answer.json(200, presentation.one(resource, Form.of(request), left));
  }

  /** Evicted is deleted: there are no disruption budgets to ask. */
  void evict(ApiResource resource, ApiRequest request) {
    Stored pod = store.get(resource.storage(), request.objectKey())
        .orElseThrow(() -> Failures.notFound(resource, request.name()));
    JsonNode options = Body.wish(request, "policy/v1", "Eviction").path("deleteOptions");
    checkPreconditions(resource, pod, options.path("preconditions"));
    remove(resource, pod, options, isDry(request, options));
  }

  Answer deleteCollection(ApiResource resource, ApiRequest request) {
    Selection selection = Selection.of(resource, request);
    JsonNode options = options(request);
    List<Stored> selected = store.list(resource.storage(), request.namespace()).stream()
        .filter(selection::covers).toList();
    selected.forEach(object -> remove(resource, object, options, isDry(request, options)));
    ObjectNode metadata = Json.MAPPER.createObjectNode().put("resourceVersion", Long.toString(store.version()));
    return Answer.json(200, presentation.list(resource, Form.of(request), selected, metadata));
  }

  private static JsonNode options(ApiRequest request) {
    ObjectNode options = request.body().length() == 0 ? Json.MAPPER.createObjectNode()
        : Body.tree(request) instanceof ObjectNode sent ? sent : Json.MAPPER.createObjectNode();
    for (String field : List.of("propagationPolicy", "gracePeriodSeconds")) {
      if (!options.has(field) && !request.parameter(field).isEmpty()) {
        options.put(field, request.parameter(field));
      }
    }
    return options;
  }

  private static boolean isDry(ApiRequest request, JsonNode options) {
    boolean inBody = false;
    for (JsonNode value : options.path("dryRun")) {
      inBody |= value.asText().equals("All");
    }
    return inBody || request.isDryRun();
  }

  private static void checkPreconditions(ApiResource resource, Stored object, JsonNode wanted) {
    String uid = wanted.path("uid").asText("");
    String version = wanted.path("resourceVersion").asText("");
    String actual = Metadata.text(object.tree(), "uid");
    if (!uid.isEmpty() && !uid.equals(actual)) {
      throw Failures.preconditionFailed(resource, object.name(), "the UID in the precondition (" + uid
          + ") does not match the UID in record (" + actual
          + "). The object might have been deleted and then recreated");
    }
    if (!version.isEmpty() && !version.equals(Long.toString(object.version()))) {
      throw Failures.preconditionFailed(resource, object.name(), "the ResourceVersion in the precondition (" + version
          + ") does not match the ResourceVersion in record (" + object.version()
          + "). The object might have been modified");
    }
  }

  private Stored remove(ApiResource resource, Stored object, JsonNode options, boolean dry) {
    ObjectNode after = object.tree().deepCopy();
    propagate(resource, after, options);
    long grace = gracePeriod(resource, object.tree(), options);
    boolean held = grace > 0 || resource.is("namespaces") && !after.path("spec").path("finalizers").isEmpty();
    if (dry) {
      return new Stored(object.key(), after, object.version());
    }
    if (!held && Metadata.finalizers(after).isEmpty()) {
      return store.remove(resource.storage(), object.key()).orElseThrow();
    }
    mark(resource, after, grace);
    return after.equals(object.tree()) ? object : store.put(resource.storage(), object.key(), after);
  }

  private void mark(ApiResource resource, ObjectNode object, long grace) {
    ObjectNode metadata = Metadata.of(object);
    if (!Metadata.isDeleting(object)) {
      metadata.put("deletionTimestamp", Metadata.timestamp(time.now().plusSeconds(grace)));
      metadata.put("deletionGracePeriodSeconds", grace);
      Metadata.bumpGeneration(object);
    } else if (grace < metadata.path("deletionGracePeriodSeconds").asLong()) {
      metadata.put("deletionGracePeriodSeconds", grace);
    }
    if (resource.is("namespaces")) {
      object.withObject("/status").put("phase", "Terminating");
      metadata.remove("deletionGracePeriodSeconds");
    }
  }

  private static void propagate(ApiResource resource, ObjectNode object, JsonNode options) {
    Set<String> finalizers = new LinkedHashSet<>(Metadata.finalizers(object));
    String policy = policy(resource, options, finalizers);
    if (policy.isEmpty()) {
      return;
    }
    finalizers.removeAll(Set.of(ORPHAN, FOREGROUND));
    if (policy.equals("Orphan")) {
      finalizers.add(ORPHAN);
    } else if (policy.equals("Foreground")) {
      finalizers.add(FOREGROUND);
    }
    Metadata.setFinalizers(object, finalizers);
  }

  /** Empty if what is there shall stay as it is. */
  private static String policy(ApiResource resource, JsonNode options, Set<String> finalizers) {
    JsonNode orphan = options.path("orphanDependents");
    String policy = options.path("propagationPolicy").asText("");
    if (!policy.isEmpty() && (!POLICIES.contains(policy) || orphan.isBoolean())) {
      String field = "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: ";
      throw Failures.unprocessable(field + (orphan.isBoolean()
          ? "Invalid value: \"" + policy + "\": orphanDependents and deletionPropagation cannot be both set"
          : "Unsupported value: \"" + policy + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", "
              + "\"nil\""));
    }
    if (!policy.isEmpty() || orphan.isBoolean()) {
      return orphan.isBoolean() ? orphan.asBoolean() ? "Orphan" : "Background" : policy;
    }
    boolean said = finalizers.contains(ORPHAN) || finalizers.contains(FOREGROUND);
    return ORPHANING.stream().anyMatch(resource::is) && !said ? "Orphan" : "";
  }

  /** Only Pods that run somewhere are given time. */
  private static long gracePeriod(ApiResource resource, ObjectNode object, JsonNode options) {
    if (!resource.is("pods")) {
      return 0;
    }
    String phase = object.path("status").path("phase").asText();
    if (object.path("spec").path("nodeName").asText("").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    return options.has("gracePeriodSeconds") ? options.path("gracePeriodSeconds").asLong()
        : Metadata.isDeleting(object) ? object.path("metadata").path("deletionGracePeriodSeconds").asLong()
        : object.path("spec").path("terminationGracePeriodSeconds").asLong(POD_GRACE);
  }

  /** Whether a changed object is gone by that change. */
  boolean isDue(ApiResource resource, ObjectNode object) {
    return Metadata.isDeleting(object) && Metadata.finalizers(object).isEmpty()
        && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
        && !(resource.is("namespaces") && !object.path("spec").path("finalizers").isEmpty());
  }

  private static ObjectNode success(ApiResource resource, Stored object) {
    ObjectNode status = Json.MAPPER.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", object.name());
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.plural()).put("uid", Metadata.text(object.tree(), "uid"));
    return status;
  }
}
