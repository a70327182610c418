package io.snapstash.controller.retention;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a RetentionPolicy would remove, told instead of done: as an event, and as JSON in an annotation of the policy, by
 * {@code namespace/repository (session)}.
 */
final class RetentionPreview {
  private static final int MOST_NAMES = 50;

  private RetentionPreview() {}

  static boolean isWanted(RetentionPolicy policy) {
    return "true".equals(Metadata.annotation(policy, Labels.RETENTION_PREVIEW));
  }

  /** @param verdicts those of some Repositories; what is told of the others stays */
  static List<Effect> of(RetentionPolicy policy, Map<String, List<Verdict>> verdicts) {
    ObjectNode report = known(policy);
    List<Effect> effects = new ArrayList<>();
    verdicts.forEach((repository, all) -> {
      JsonNode before = report.path(repository);
      JsonNode now = entry(all);
      report.set(repository, now);
      if (!now.equals(before)) {
        effects.add(new Effect.Tell(Notice.normal(policy, "RetentionPreview", told(repository, all))));
      }
    });
    if (!effects.isEmpty()) {
      effects.addFirst(result(policy, report.toString()));
    }
    return effects;
  }

  /** What an earlier preview told is no longer true once Snapshots are removed, or nobody asks any more. */
  static List<Effect> withdrawn(RetentionPolicy policy) {
    return Metadata.annotation(policy, Labels.RETENTION_PREVIEW_RESULT).isEmpty() ? List.of()
        : List.of(result(policy, null));
  }

  private static Effect result(RetentionPolicy policy, String text) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(Labels.RETENTION_PREVIEW_RESULT, text);
    return new Effect.Patch(ResourceTypes.RETENTION_POLICIES, Metadata.key(policy), patch);
  }

  private static List<Verdict> removals(List<Verdict> verdicts) {
    return verdicts.stream().filter(Verdict.Remove.class::isInstance).toList();
  }

  private static ObjectNode entry(List<Verdict> verdicts) {
    List<Verdict> removals = removals(verdicts);
    ObjectNode entry = JsonNodeFactory.instance.objectNode()
        .put("snapshots", verdicts.size()).put("wouldRemove", removals.size());
    ObjectNode names = entry.putObject("reasons");
    removals.stream().limit(MOST_NAMES).forEach(verdict -> names.put(verdict.snapshot().name(), verdict.reason()));
    return entry;
  }

  private static String told(String repository, List<Verdict> verdicts) {
    List<Verdict> removals = removals(verdicts);
    return "would remove " + removals.size() + " of " + verdicts.size() + " Snapshots of Repository " + repository
        + (removals.isEmpty() ? "" : ": "
            + String.join(", ", removals.stream().limit(MOST_NAMES).map(each -> each.snapshot().name()).toList()));
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
