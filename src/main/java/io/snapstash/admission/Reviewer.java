package io.snapstash.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.ObjectReference;
import io.snapstash.domain.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers one AdmissionReview (v1). Nothing is written and nothing remembered, so a dry run is like any other. An object
 * that is being deleted always passes: its finalizers must be able to go.
 */
public final class Reviewer {
  private static final Pattern PATH = Pattern.compile("/(mutate|validate)-[a-z]+-kubestash-com-v1alpha1-([a-z]+)");
  private static final int UNPROCESSABLE = 422;

  private final Surroundings around;
  private final Checks checks;

  public Reviewer(Surroundings around) {
    this.around = around;
    this.checks = new Checks(around);
  }

  /** Empty for a path that is none of ours, or a body that is no review. */
  public Optional<ObjectNode> answer(String path, JsonNode review) {
    Matcher found = PATH.matcher(path);
    JsonNode request = review.path("request");
    if (!found.matches() || request.path("uid").asText().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode response = answer.putObject("response").put("uid", request.path("uid").asText()).put("allowed", true);
    if (isToLookAt(request) && around.watches(namespace(request))) {
      if (found.group(1).equals("mutate")) {
        mutate(found.group(2), request, response);
      } else {
        validate(found.group(2), request, response);
      }
    }
    return Optional.of(answer);
  }

  private static boolean isToLookAt(JsonNode request) {
    String operation = request.path("operation").asText();
    return (operation.equals("CREATE") || operation.equals("UPDATE"))
        && request.path("subResource").asText().isEmpty()
        && request.path("object").path("metadata").path("deletionTimestamp").asText().isEmpty();
  }

  private void mutate(String kind, JsonNode request, ObjectNode response) {
    ArrayNode patch = Mutations.of(kind, namespace(request), request.path("object"), around);
    if (!patch.isEmpty()) {
      response.put("patchType", "JSONPatch").put("patch",
          Base64.getEncoder().encodeToString(patch.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void validate(String kind, JsonNode request, ObjectNode response) {
    ObjectReference self = new ObjectReference(namespace(request), request.path("name").asText());
    try {
      List<Violation> found = checks.violations(kind, self, request.path("object"), request.path("oldObject"));
      if (!found.isEmpty()) {
        refuse(found, request, response);
      }
    } catch (JsonProcessingException otherForm) {
      response.putArray("warnings").add("Snapstash cannot read this object and has not checked it");
    }
  }

  private static String namespace(JsonNode request) {
    return request.path("namespace").asText();
  }

  private static void refuse(List<Violation> found, JsonNode request, ObjectNode response) {
    ObjectNode status = response.put("allowed", false).putObject("status").put("status", "Failure")
        .put("code", UNPROCESSABLE).put("reason", "Invalid").put("message", Violation.summary(found));
    ObjectNode details = status.putObject("details").put("name", request.path("name").asText())
        .put("group", request.path("kind").path("group").asText())
        .put("kind", request.path("kind").path("kind").asText());
    ArrayNode causes = details.putArray("causes");
    for (Violation each : found) {
      causes.addObject().put("reason", reason(each.rule())).put("field", each.field()).put("message", each.message());
    }
  }

  private static String reason(Violation.Rule rule) {
    return switch (rule) {
      case REQUIRED -> "FieldValueRequired";
      case DUPLICATE -> "FieldValueDuplicate";
      case FORBIDDEN -> "FieldValueForbidden";
      case INVALID, CONFLICT, IMMUTABLE -> "FieldValueInvalid";
    };
  }
}
