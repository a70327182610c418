package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Questions about rights and tokens: everything is allowed to everyone here. Nothing of it is stored. */
final class Reviews {
  private static final Set<String> GROUPS = Set.of("authorization.k8s.io", "authentication.k8s.io");

  private Reviews() {}

  static boolean answers(ApiResource resource) {
    return resource.isBuiltin() && GROUPS.contains(resource.group());
  }

  static Answer answer(ApiResource resource, ApiRequest request) {
    if (!request.verb().equals("create")) {
      throw Failures.methodNotAllowed();
    }
    // The answer does not depend on the question, so one in a format that cannot be read is answered too.
    ObjectNode review = Body.wish(request, resource.apiVersion(), resource.kind());
    ObjectNode status = review.putObject("status");
    switch (resource.plural()) {
      case "tokenreviews" -> {
        status.put("authenticated", true);
        status.putObject("user").put("username", review.path("spec").path("token").asText());
      }
      case "selfsubjectreviews" -> status.putObject("userInfo").put("username", Users.of(request));
      case "selfsubjectrulesreviews" -> {
        ObjectNode rule = status.putArray("resourceRules").addObject();
        rule.putArray("verbs").add("*");
        rule.putArray("apiGroups").add("*");
        rule.putArray("resources").add("*");
        status.putArray("nonResourceRules");
        status.put("incomplete", false);
      }
      default -> status.put("allowed", true);
    }
    return Answer.json(201, review);
  }
}
