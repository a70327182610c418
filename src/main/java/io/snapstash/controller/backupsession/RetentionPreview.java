package io.snapstash.controller.backupsession;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.retention.Verdict;
import io.snapstash.kube.ResourceTypes;
import java.util.List;

/**
 * What a RetentionPolicy would remove, told instead of done: as an event, and as JSON in an annotation of the policy, by
 * {@code namespace/repository}.
 */
final class RetentionPreview {
  private static final int MOST_NAMES = 50;

  private RetentionPreview() {}

  static List<Effect> of(RetentionPolicy policy, String repository, List<Verdict> removals, int all) {
    ObjectNode report = known(policy);
    ObjectNode entry = JsonNodeFactory.instance.objectNode().put("snapshots", all).put("wouldRemove", removals.size());
    ObjectNode names = entry.putObject("reasons");
    removals.stream().limit(MOST_NAMES).forEach(verdict -> names.put(verdict.snapshot().name(), verdict.reason()));
    report.set(repository, entry);
    String text = report.toString();
    if (text.equals(Metadata.annotation(policy, Labels.RETENTION_PREVIEW_RESULT))) {
      return List.of();
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(Labels.RETENTION_PREVIEW_RESULT, text);
    return List.of(new Effect.Patch(ResourceTypes.RETENTION_POLICIES, Metadata.key(policy), patch),
        new Effect.Tell(Notice.normal(policy, "RetentionPreview", "would remove " + removals.size() + " of " + all
            + " Snapshots of Repository " + repository + (removals.isEmpty() ? "" : ": "
            + String.join(", ", removals.stream().limit(MOST_NAMES).map(each -> each.snapshot().name()).toList())))));
  }

  /** What an earlier preview told is no longer true once Snapshots are removed. */
  static List<Effect> withdrawn(RetentionPolicy policy) {
    if (Metadata.annotation(policy, Labels.RETENTION_PREVIEW_RESULT).isEmpty()) {
      return List.of();
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").putNull(Labels.RETENTION_PREVIEW_RESULT);
    return List.of(new Effect.Patch(ResourceTypes.RETENTION_POLICIES, Metadata.key(policy), patch));
  }

  private static ObjectNode known(RetentionPolicy policy) {
    try {
      JsonNode before = Json.MAPPER.readTree(Metadata.annotation(policy, Labels.RETENTION_PREVIEW_RESULT));
      return before instanceof ObjectNode tree ? tree : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException _) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
