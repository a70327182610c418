package io.snapstash.domain.template;

import static io.snapstash.domain.template.PodDraft.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.TemplateMetadata;
import java.util.TreeMap;

/** The parts that Jobs and CronJobs have in common. */
final class JobObjects {
  static final int BACKOFF_LIMIT = 2;

  private JobObjects() {}

  static ObjectNode root(String kind, JobRequest request, TemplateMetadata extra) {
    ObjectNode metadata = object().put("namespace", request.namespace()).put("name", request.name());
    if (extra != null) {
      PodDraft.strings(metadata, "labels", extra.labels());
      PodDraft.strings(metadata, "annotations", extra.annotations());
    }
    PodDraft.strings(metadata, "labels", new TreeMap<>(request.labels()));
    JobRequest.Owner owner = request.owner();
    metadata.withArray("ownerReferences").add(object()
        .put("apiVersion", owner.apiVersion()).put("kind", owner.kind()).put("name", owner.name())
        .put("uid", owner.uid()).put("controller", true).put("blockOwnerDeletion", true));
    ObjectNode root = object().put("apiVersion", "batch/v1").put("kind", kind);
    root.set("metadata", metadata);
    return root;
  }

  /** A Pod that was pushed off its node does not count; one that says that retrying is no use ends the Job (6.17). */
  static ObjectNode failurePolicy(String container) {
    ObjectNode disruption = object().put("action", "Ignore");
    disruption.withArray("onPodConditions").add(object().put("type", "DisruptionTarget").put("status", "True"));
    ObjectNode codes = object().put("containerName", container).put("operator", "In");
    codes.set("values", JsonNodeFactory.instance.arrayNode().add(64).add(65));
    ObjectNode failing = object().put("action", "FailJob");
    failing.set("onExitCodes", codes);
    ObjectNode policy = object();
    policy.withArray("rules").add(disruption).add(failing);
    return policy;
  }

  /** What only we may set, after everything of the user. */
  static void seal(PodDraft draft, JobRequest request) {
    if (draft.pod().path("serviceAccountName").asText().isEmpty()) {
      draft.pod().put("serviceAccountName", request.serviceAccount());
    }
    draft.labels(new TreeMap<>(request.labels()));
    new TreeMap<>(request.environment()).forEach(draft::environment);
  }

  /** The first word; resources that a user names replace it whole. */
  static void resources(PodDraft draft, JobRequest request) {
    if (!request.resources().isEmpty()) {
      PodDraft.strings(draft.container().putObject("resources"), "requests", new TreeMap<>(request.resources()));
    }
  }

  static void image(PodDraft draft, String image, JobRequest request) {
    boolean ours = image.isEmpty();
    draft.container().put("image", ours ? request.image() : image);
    if (ours) {
      draft.container().put("imagePullPolicy", "IfNotPresent");
    }
  }
}
