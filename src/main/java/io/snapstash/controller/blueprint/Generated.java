package io.snapstash.controller.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.blueprint.Agreement;
import io.snapstash.domain.blueprint.BlueprintResult;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a BackupConfiguration shows that a blueprint made it, and for what. A copy that somebody makes under another name
 * carries the same words and proves nothing: the name has to follow from them (behaviour 1.9, 2.7).
 */
record Generated(String kind, String namespace, String name, String blueprint, boolean onDelete) {
  static final String ON_DELETE = "OnDelete";

  /** Empty for one that a person made. */
  static Optional<Generated> of(HasMetadata configuration) {
    String[] parts = Metadata.annotation(configuration, Labels.BLUEPRINT_TARGET).split("/");
    boolean ours = parts.length == 3
        && Labels.MANAGED_BY_VALUE.equals(Metadata.label(configuration, Labels.MANAGED_BY))
        && !Metadata.annotation(configuration, Labels.BLUEPRINT).isEmpty()
        && configuration.getMetadata().getName().equals(
            Names.blueprintResult(parts[0], parts[1], parts[2], configuration.getMetadata().getNamespace()));
    return ours ? Optional.of(new Generated(parts[0], parts[1], parts[2],
        Metadata.annotation(configuration, Labels.BLUEPRINT),
        ON_DELETE.equals(Metadata.annotation(configuration, Labels.BLUEPRINT_DELETION)))) : Optional.empty();
  }

  static String targetText(Target target) {
    return target.kind() + "/" + target.namespace() + "/" + target.name();
  }

  /** The object to be made. */
  static ObjectNode body(BackupBlueprint blueprint, Target target, BlueprintResult.Made made) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("apiVersion", "core.kubestash.com/v1alpha1").put("kind", "BackupConfiguration");
    ObjectNode metadata = body.putObject("metadata").put("namespace", made.namespace()).put("name", made.name());
    metadata.set("labels", Json.MAPPER.valueToTree(labels(blueprint)));
    metadata.set("annotations", Json.MAPPER.valueToTree(annotations(blueprint, target, made)));
    body.set("spec", made.spec());
    return body;
  }

  /**
   * What has to be changed for the BackupConfiguration to say what the blueprint asks for; empty if nothing. What the
   * blueprint says wins; what it does not say, such as {@code paused}, is left alone.
   */
  static Optional<ObjectNode> difference(
      BackupConfiguration found, BackupBlueprint blueprint, Target target, BlueprintResult.Made made) {
    Map<String, String> annotations = annotations(blueprint, target, made);
    boolean revised = !annotations.get(Labels.BLUEPRINT_REVISION)
        .equals(Metadata.annotation(found, Labels.BLUEPRINT_REVISION));
    boolean same = !revised && Metadata.missingLabels(found, labels(blueprint)).isEmpty()
        && Metadata.annotations(found).entrySet().containsAll(annotations.entrySet())
        && Agreement.holds(made.spec(), Json.MAPPER.<JsonNode>valueToTree(found.getSpec()));
    if (same) {
      return Optional.empty();
    }
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode metadata = patch.putObject("metadata")
        .put("resourceVersion", found.getMetadata().getResourceVersion());
    metadata.set("labels", Json.MAPPER.valueToTree(labels(blueprint)));
    ObjectNode noted = metadata.putObject("annotations").putNull(Labels.BLUEPRINT_DELETION);
    annotations.forEach(noted::put);
    ObjectNode spec = patch.putObject("spec");
    if (revised) {
      spec.putNull("backends");
    }
    spec.setAll(made.spec());
    return Optional.of(patch);
  }

  private static Map<String, String> labels(BackupBlueprint blueprint) {
    return OffshootLabels.ofBlueprintResult(
        blueprint.getMetadata().getName(), blueprint.getMetadata().getNamespace());
  }

  private static Map<String, String> annotations(
      BackupBlueprint blueprint, Target target, BlueprintResult.Made made) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put(Labels.BLUEPRINT, Metadata.key(blueprint).toString());
    annotations.put(Labels.BLUEPRINT_TARGET, targetText(target));
    if (ON_DELETE.equals(blueprint.getSpec().backupConfigurationTemplate().deletionPolicy())) {
      annotations.put(Labels.BLUEPRINT_DELETION, ON_DELETE);
    }
    annotations.put(Labels.BLUEPRINT_REVISION, UUID.nameUUIDFromBytes(
        (annotations + made.spec().toString()).getBytes(StandardCharsets.UTF_8)).toString());
    return annotations;
  }
}
