package io.snapstash.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.snapstash.api.Addon;
import io.snapstash.api.BackupBatch;
import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupVerificationSession;
import io.snapstash.api.BackupVerifier;
import io.snapstash.api.Function;
import io.snapstash.api.HookTemplate;
import io.snapstash.api.Json;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Snapshot;
import io.snapstash.api.schema.Categories;
import io.snapstash.api.schema.Column;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a CustomResourceDefinition for each of the 14 kinds. fabric8's generator is not used because it sorts printer
 * columns and has no list types.
 */
public final class CrdGenerator {
  private static final List<String> USUAL_CATEGORIES = List.of("kubestash", "appscode", "all");

  private static final List<CustomResource<?, ?>> KINDS = List.of(
      new Addon(), new BackupBatch(), new BackupBlueprint(), new BackupConfiguration(), new BackupSession(),
      new BackupStorage(), new BackupVerificationSession(), new BackupVerifier(), new Function(), new HookTemplate(),
      new Repository(), new RestoreSession(), new RetentionPolicy(), new Snapshot());

  private CrdGenerator() {}

  /** An empty object of each kind. */
  public static List<CustomResource<?, ?>> kinds() {
    return KINDS;
  }

  /** File name to content, for all kinds. */
  public static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (CustomResource<?, ?> kind : KINDS) {
      files.put(kind.getCRDName() + ".yaml", text(definition(kind)));
    }
    return files;
  }

  /** The definition of one kind. */
  public static ObjectNode definition(CustomResource<?, ?> kind) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "apiextensions.k8s.io/v1")
        .put("kind", "CustomResourceDefinition");
    ObjectNode metadata = definition.putObject("metadata").put("name", kind.getCRDName());
    metadata.putObject("labels").put("app.kubernetes.io/name", "kubestash");
    ObjectNode spec = definition.putObject("spec").put("group", kind.getGroup());
    spec.set("names", names(kind));
    spec.put("scope", kind.getScope());
    ObjectNode version = spec.putArray("versions").addObject()
        .put("name", kind.getVersion())
        .put("served", true)
        .put("storage", true);
    version.set("additionalPrinterColumns", columns(kind));
    ObjectNode subresources = version.putObject("subresources");
    if (typeArgument(kind, 1) != Void.class) {
      subresources.putObject("status");
    }
    version.putObject("schema").set("openAPIV3Schema", schema(kind));
    return definition;
  }

  private static ObjectNode names(CustomResource<?, ?> kind) {
    ObjectNode names = JsonNodeFactory.instance.objectNode()
        .put("kind", kind.getKind())
        .put("listKind", kind.getKind() + "List")
        .put("plural", kind.getPlural())
        .put("singular", kind.getSingular());
    if (kind.getClass().getAnnotation(ShortNames.class) instanceof ShortNames shortNames) {
      List.of(shortNames.value()).forEach(names.putArray("shortNames")::add);
    }
    Categories own = kind.getClass().getAnnotation(Categories.class);
    (own == null ? USUAL_CATEGORIES : List.of(own.value())).forEach(names.putArray("categories")::add);
    return names;
  }

  private static ArrayNode columns(CustomResource<?, ?> kind) {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    for (Column column : kind.getClass().getAnnotationsByType(Column.class)) {
      ObjectNode node = columns.addObject().put("name", column.name()).put("type", column.type());
      if (!column.format().isEmpty()) {
        node.put("format", column.format());
      }
      node.put("jsonPath", column.path());
    }
    columns.addObject().put("name", "Age").put("type", "date").put("jsonPath", ".metadata.creationTimestamp");
    return columns;
  }

  private static ObjectNode schema(CustomResource<?, ?> kind) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    RecordSchema.description(kind.getClass(), schema);
    schema.put("type", "object");
    schema.putArray("required").add("spec");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    RecordSchema records = new RecordSchema(false);
    properties.set("spec", records.of((Class<?>) typeArgument(kind, 0)));
    if (typeArgument(kind, 1) != Void.class) {
      properties.set("status", records.of((Class<?>) typeArgument(kind, 1)));
    }
    RecordSchema.rules(kind.getClass(), schema);
    return schema;
  }

  private static Type typeArgument(CustomResource<?, ?> kind, int index) {
    return ((ParameterizedType) kind.getClass().getGenericSuperclass()).getActualTypeArguments()[index];
  }

  private static String text(ObjectNode definition) {
    try {
      return "# Made from the records of io.snapstash.api: change those, not this file.\n"
          + Json.YAML.writeValueAsString(definition);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes all definitions into the folder named by the first argument. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
