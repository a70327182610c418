package io.snapstash.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Objects as files: one YAML document in UTF-8, without what belongs to one cluster only (storage-layout 2.3). Files
 * may come from anywhere, so size and depth are limited, and aliases stay texts instead of being unfolded.
 */
final class StoredFiles {
  private static final List<String> OF_THE_CLUSTER = List.of("uid", "resourceVersion", "generation", "managedFields",
      "ownerReferences", "finalizers", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink");
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int DEEPEST = 100;
  private static final ObjectReader READER = Json.YAML.reader()
      .with(factory()).forType(JsonNode.class)
      .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Every text quoted: other readers take bare times, {@code yes} or {@code 1e3} for something else than a text. */
  private static final ObjectWriter WRITER = Json.YAML.writer().without(YAMLGenerator.Feature.MINIMIZE_QUOTES);

  private StoredFiles() {}

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(StoreProvider.MOST_BYTES);
    YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
    factory.setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return factory;
  }

  static byte[] write(HasMetadata object) {
    return write(trimmed(object));
  }

  /** With the VolumeSnapshots in an annotation that only the stored copy carries (storage-layout 2.6). */
  static byte[] write(Snapshot snapshot, List<StoredVolumeSnapshot> volumeSnapshots) {
    ObjectNode tree = trimmed(snapshot);
    tree.withObject("/metadata").withObject("/annotations")
        .put(Labels.VOLUME_SNAPSHOTS, StoredVolumeSnapshots.format(volumeSnapshots));
    return write(tree);
  }

  static byte[] write(ObjectNode tree) {
    try {
      return WRITER.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode trimmed(HasMetadata object) {
    ObjectNode tree = Json.MAPPER.valueToTree(object);
    ObjectNode metadata = tree.withObject("/metadata");
    metadata.remove(OF_THE_CLUSTER);
    if (metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LAST_APPLIED);
    }
    return tree;
  }

  /** A document of that kind. */
  static ObjectNode read(String key, StoredObject file, String kind) {
    try {
      if (READER.readTree(file.content()) instanceof ObjectNode tree && isKind(tree, kind)) {
        return tree;
      }
    } catch (IOException _) {
      // Where in the file is of no help to the one who reads the condition.
    }
    throw unreadable(key, kind);
  }

  private static boolean isKind(ObjectNode tree, String kind) {
    return tree.path("kind").asText(kind).equals(kind);
  }

  static <T extends HasMetadata> T read(String key, StoredObject file, Class<T> type) {
    ObjectNode tree = read(key, file, type.getSimpleName());
    if (!(tree.path("metadata") instanceof ObjectNode metadata)) {
      throw unreadable(key, type.getSimpleName());
    }
    metadata.remove(OF_THE_CLUSTER);
    return as(key, tree, type);
  }

  static StoredSnapshot readSnapshot(String key, StoredObject file) {
    Snapshot snapshot = read(key, file, Snapshot.class);
    String list = snapshot.getMetadata().getAnnotations() == null ? null
        : snapshot.getMetadata().getAnnotations().get(Labels.VOLUME_SNAPSHOTS);
    return new StoredSnapshot(snapshot, list == null ? List.of() : StoredVolumeSnapshots.parse(list).orElseThrow(() ->
        unreadable(key, "Snapshot with annotation " + Labels.VOLUME_SNAPSHOTS)));
  }

  static <T> T as(String key, JsonNode tree, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException | IllegalArgumentException _) {
      throw unreadable(key, type.getSimpleName());
    }
  }

  static StoreFailure unreadable(String key, String kind) {
    return new StoreFailure(StoreFailure.Kind.UNREADABLE, key + " is not a readable " + kind
        + " and is left as it is; restore it from a copy or move it away");
  }
}
