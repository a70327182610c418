package io.snapstash.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.api.StoredRepository;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What metadata.yaml says (storage-layout 2.1): when and by which version the storage was initialised, and which
 * Repositories it holds. It keeps the tree it was read from, so that fields of other versions survive a rewrite.
 */
public record BackendMeta(ObjectNode tree) {
  static final String KIND = "BackendMeta";
  private static final String API_VERSION = "config.kubestash.com/v1alpha1";
  private static final String REPOSITORIES = "repositories";

  public BackendMeta {
    tree = tree.deepCopy();
  }

  static BackendMeta fresh(Instant now, String operatorVersion) {
    return new BackendMeta(Json.MAPPER.createObjectNode().put("apiVersion", API_VERSION).put("kind", KIND)
        .put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("operatorVersion", operatorVersion));
  }

  @Override
  public ObjectNode tree() {
    return tree.deepCopy();
  }

  /** UTC; empty if the file does not say. */
  public Optional<Instant> creationTimestamp() {
    try {
      return text("creationTimestamp").map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  public Optional<String> operatorVersion() {
    return text("operatorVersion");
  }

  private Optional<String> text(String field) {
    return Optional.ofNullable(tree.path(field).textValue()).filter(text -> !text.isEmpty());
  }

  public List<StoredRepository> repositories() {
    List<StoredRepository> found = new ArrayList<>();
    for (JsonNode entry : tree.path(REPOSITORIES)) {
      found.add(StoredFiles.as(Catalogue.METADATA, entry, StoredRepository.class));
    }
    return List.copyOf(found);
  }

  /** With this entry; what an entry of that name says beyond it is kept. */
  public BackendMeta with(StoredRepository repository) {
    ObjectNode changed = tree();
    ArrayNode entries = entries(changed);
    ObjectNode values = Json.MAPPER.valueToTree(repository);
    for (JsonNode entry : entries) {
      if (entry instanceof ObjectNode known && keyOf(known).equals(keyOf(values))) {
        known.remove(List.of("path", "size", "synced", "error"));
        known.setAll(values);
        return new BackendMeta(changed);
      }
    }
    entries.add(values);
    return new BackendMeta(changed);
  }

  /** Without the entry of that Repository, if there is one. */
  public BackendMeta without(ResourceKey repository) {
    ObjectNode changed = tree();
    ArrayNode entries = entries(changed);
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (keyOf(entries.get(i)).equals(repository)) {
        entries.remove(i);
      }
    }
    return new BackendMeta(changed);
  }

  private static ArrayNode entries(ObjectNode tree) {
    return tree.path(REPOSITORIES) instanceof ArrayNode list ? list : tree.putArray(REPOSITORIES);
  }

  static ResourceKey keyOf(StoredRepository entry) {
    return new ResourceKey(entry.namespace(), entry.name() == null ? "" : entry.name());
  }

  private static ResourceKey keyOf(JsonNode entry) {
    return new ResourceKey(entry.path("namespace").asText(""), entry.path("name").asText(""));
  }
}
