package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.engine.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** CustomResourceDefinitions: registers what they define as soon as they are written, and withdraws it with them. */
final class Definitions implements KindRules {
  static final String STORAGE = "apiextensions.k8s.io/customresourcedefinitions";
  private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private final Store store;
  private final ResourceRegistry registry;
  private final Watches watches;
  private final Time time;

  Definitions(Store store, ResourceRegistry registry, Watches watches, Time time) {
    this.store = store;
    this.registry = registry;
    this.watches = watches;
    this.time = time;
    store.listen(this::written);
  }

  @Override
  public void beforeCreate(ObjectNode definition) {
    complete(definition);
    ObjectNode status = definition.putObject("status");
    condition(status, "NamesAccepted", "NoConflicts", "no conflicts found");
    condition(status, "Established", "InitialNamesAccepted", "the initial names have been accepted");
    status.set("acceptedNames", definition.path("spec").path("names").deepCopy());
    ArrayNode versions = status.putArray("storedVersions");
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean()) {
        versions.add(version.path("name").asText());
      }
    }
    Metadata.setFinalizers(definition, Set.of(CLEANUP));
  }

  @Override
  public void beforeUpdate(ObjectNode definition, ObjectNode old) {
    complete(definition);
    definition.withObject("/status").set("acceptedNames", definition.path("spec").path("names").deepCopy());
  }

  private static void complete(ObjectNode definition) {
    ObjectNode spec = definition.withObject("/spec");
    ObjectNode names = spec.withObject("/names");
    String kind = names.path("kind").asText("");
    if (!names.hasNonNull("singular")) {
      names.put("singular", kind.toLowerCase(Locale.ROOT));
    }
    if (!names.hasNonNull("listKind")) {
      names.put("listKind", kind + "List");
    }
    if (!spec.has("conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
  }

  private void condition(ObjectNode status, String type, String reason, String message) {
    status.withArray("/conditions").addObject().put("lastTransitionTime", Metadata.timestamp(time.now()))
        .put("message", message).put("reason", reason).put("status", "True").put("type", type);
  }

  @Override
  public List<FieldError> check(ObjectNode definition, Optional<ObjectNode> old) {
    return DefinitionCheck.check(definition, old);
  }

  private void written(String storage, Change change) {
    if (storage.equals(STORAGE)) {
      change.after().ifPresentOrElse(definition -> register(definition.tree()), () -> withdraw(change.key()));
    } else if (change.after().isEmpty()) {
      letGo(storage);
    }
  }

  private void register(ObjectNode definition) {
    String name = Metadata.text(definition, "name");
    registry.removeIf(resource -> resource.custom().map(CustomKind::definition).orElse("").equals(name));
    JsonNode spec = definition.path("spec");
    for (JsonNode version : spec.path("versions")) {
      if (version.path("served").asBoolean()) {
        registry.add(served(name, spec, version));
      }
    }
    if (Metadata.isDeleting(definition)) {
      empty(spec, name);
    }
  }

  private static ApiResource served(String definition, JsonNode spec, JsonNode version) {
    JsonNode names = spec.path("names");
    JsonNode schema = version.path("schema").path("openAPIV3Schema");
    JsonNode root = schema.isMissingNode() || spec.path("preserveUnknownFields").asBoolean() ? Schema.ANYTHING : schema;
    List<JsonNode> columns = new ArrayList<>();
    version.path("additionalPrinterColumns").forEach(columns::add);
    CustomKind kind = new CustomKind(definition, names.path("listKind").asText(), new Schema(root), new CelRules(root),
        columns);
    return new ApiResource(spec.path("group").asText(), version.path("name").asText(), names.path("plural").asText(),
        names.path("singular").asText(), names.path("kind").asText(), texts(names.path("shortNames")),
        texts(names.path("categories")), spec.path("scope").asText().equals("Namespaced"),
        version.path("subresources").has("status"), true, storageOf(spec), Optional.of(kind));
  }

  private static String storageOf(JsonNode spec) {
    return spec.path("group").asText() + "/" + spec.path("names").path("plural").asText();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  private void withdraw(String name) {
    List<String> storages = registry.all().stream()
        .filter(resource -> resource.custom().map(CustomKind::definition).orElse("").equals(name))
        .map(ApiResource::storage).distinct().toList();
    registry.removeIf(resource -> resource.custom().map(CustomKind::definition).orElse("").equals(name));
    storages.forEach(watches::endAll);
  }

  /** The objects go with their definition; those with finalizers hold it until they may go. */
  private void empty(JsonNode spec, String name) {
    String storage = storageOf(spec);
    for (Stored object : List.copyOf(store.list(storage, ""))) {
      if (Metadata.finalizers(object.tree()).isEmpty()) {
        store.remove(storage, object.key());
      } else if (!Metadata.isDeleting(object.tree())) {
        ObjectNode after = object.tree().deepCopy();
        Metadata.of(after).put("deletionTimestamp", Metadata.timestamp(time.now())).put("deletionGracePeriodSeconds", 0);
        store.put(storage, object.key(), after);
      }
    }
    if (store.list(storage, "").isEmpty()) {
      finish(name);
    }
  }

  private void letGo(String storage) {
    if (!store.list(storage, "").isEmpty()) {
      return;
    }
    for (Stored definition : List.copyOf(store.list(STORAGE, ""))) {
      if (Metadata.isDeleting(definition.tree()) && storageOf(definition.tree().path("spec")).equals(storage)) {
        finish(definition.key());
      }
    }
  }

  private void finish(String name) {
    store.get(STORAGE, name).ifPresent(definition -> {
      ObjectNode last = definition.tree().deepCopy();
      Metadata.setFinalizers(last, Set.of());
      store.remove(STORAGE, name, last);
    });
  }
}
