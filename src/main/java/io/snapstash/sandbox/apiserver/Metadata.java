package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** The fields of {@code metadata} that are the server's own business. */
final class Metadata {
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int LONGEST_PREFIX = 58;
  private static final List<String> KEPT = List.of("uid", "creationTimestamp", "deletionTimestamp",
      "deletionGracePeriodSeconds", "generation", "namespace", "resourceVersion");

  private Metadata() {}

  static ObjectNode of(ObjectNode object) {
    return object.withObject("/metadata");
  }

  static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asText("");
  }

  static boolean isDeleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  static Set<String> finalizers(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.path("metadata").path("finalizers").forEach(name -> names.add(name.asText()));
    return names;
  }

  static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static void setFinalizers(ObjectNode object, Set<String> names) {
    if (names.isEmpty()) {
      of(object).remove("finalizers");
    } else {
      names.forEach(of(object).putArray("finalizers")::add);
    }
  }

  /** What a new object gets, and loses if a client sent it. */
  static void begin(ObjectNode object, boolean counted, Instant now) {
    ObjectNode metadata = of(object);
    metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields",
        "resourceVersion", "generation"));
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", timestamp(now));
    if (counted) {
      metadata.put("generation", 1);
    }
    tidy(metadata);
  }

  static void nameFromPrefix(ObjectNode metadata, SplittableRandom random) {
    String prefix = metadata.path("generateName").asText("");
    if (!metadata.path("name").asText("").isEmpty() || prefix.isEmpty()) {
      return;
    }
    StringBuilder name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)));
    for (int count = 0; count < SUFFIX_LENGTH; count++) {
      name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    metadata.put("name", name.toString());
  }

  /** Undoes what an update may not change. */
  static void keep(ObjectNode object, ObjectNode old) {
    ObjectNode metadata = of(object);
    metadata.remove(List.of("selfLink", "managedFields"));
    JsonNode before = old.path("metadata");
    for (String field : KEPT) {
      if (before.has(field)) {
        metadata.set(field, before.get(field).deepCopy());
      } else {
        metadata.remove(field);
      }
    }
    tidy(metadata);
  }

  /** An empty list or map is not stored, as with the omitempty fields of the real server. */
  private static void tidy(ObjectNode metadata) {
    for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
      JsonNode value = metadata.get(field);
      if (value != null && value.isEmpty()) {
        metadata.remove(field);
      } else if (value instanceof ObjectNode map) {
        map.properties().removeIf(entry -> entry.getValue().isNull());
      }
    }
    if (metadata.path("generateName").asText("x").isEmpty() || metadata.path("generateName").isNull()) {
      metadata.remove("generateName");
    }
  }

  static void bumpGeneration(ObjectNode object) {
    ObjectNode metadata = of(object);
    if (metadata.has("generation")) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }
}
