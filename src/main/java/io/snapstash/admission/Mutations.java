package io.snapstash.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.Json;
import io.snapstash.domain.validation.Defaults;
import java.util.List;

/**
 * What is filled in on the way to the store (behaviour 4.1, 4.2, 4.4, 12.1-12.8), as a JSON patch. The object has not
 * been checked against its schema yet: what has another form than expected is left for that check to refuse.
 */
final class Mutations {
  private static final List<String> S3 = List.of("bucket", "endpoint", "prefix");
  private static final List<String> GCS = List.of("bucket", "prefix");
  private static final List<String> AZURE = List.of("prefix");

  private final ArrayNode patch = JsonNodeFactory.instance.arrayNode();
  private final JsonNode spec;

  private Mutations(JsonNode spec) {
    this.spec = spec;
  }

  /** Empty if nothing is missing. */
  static ArrayNode of(String kind, String namespace, JsonNode object, Surroundings around) {
    Mutations mutations = new Mutations(object.path("spec"));
    if (!mutations.spec.isObject()) {
      return mutations.patch;
    }
    switch (kind) {
      case "backupstorage" -> mutations.storage();
      case "retentionpolicy" -> mutations.policy();
      case "hooktemplate", "backupblueprint" -> mutations.usagePolicy();
      case "backupconfiguration" -> mutations.backends(around.defaults(namespace));
      default -> { }
    }
    return mutations.patch;
  }

  private void storage() {
    usagePolicy();
    slashes("s3", S3);
    slashes("gcs", GCS);
    slashes("azure", AZURE);
  }

  private void slashes(String provider, List<String> fields) {
    for (String field : fields) {
      String text = spec.path("storage").path(provider).path(field).asText();
      if (text.endsWith("/")) {
        op("replace", "/spec/storage/" + provider + "/" + field)
            .put("value", text.substring(0, text.length() - 1));
      }
    }
  }

  private void policy() {
    usagePolicy();
    if (!spec.hasNonNull("failedSnapshots")) {
      op("add", "/spec/failedSnapshots").putObject("value").put("last", 1);
    }
  }

  private void usagePolicy() {
    if (!spec.hasNonNull("usagePolicy")) {
      op("add", "/spec/usagePolicy").putObject("value").putObject("allowedNamespaces").put("from", "Same");
    }
  }

  private void backends(Defaults defaults) {
    try {
      BackupConfigurationSpec given = Json.MAPPER.treeToValue(spec, BackupConfigurationSpec.class);
      List<BackendReference> filled = defaults.fill(given).backends();
      if (filled == null || filled.equals(given.backends())) {
        return;
      }
      if (given.backends() == null || given.backends().isEmpty()) {
        op("add", "/spec/backends").set("value", Json.MAPPER.valueToTree(filled));
        return;
      }
      for (int i = 0; i < filled.size(); i++) {
        if (filled.get(i) != null && !filled.get(i).equals(given.backends().get(i))) {
          op("add", "/spec/backends/" + i + "/retentionPolicy")
              .set("value", Json.MAPPER.valueToTree(filled.get(i).retentionPolicy()));
        }
      }
    } catch (JsonProcessingException otherForm) {
      patch.removeAll();
    }
  }

  private ObjectNode op(String op, String path) {
    return patch.addObject().put("op", op).put("path", path);
  }
}
