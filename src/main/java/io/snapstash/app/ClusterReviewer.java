package io.snapstash.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.controller.WatchedNamespaces;
import io.snapstash.kube.KubeClient;
import io.snapstash.web.Reviewer;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the API server by TokenReview and SubjectAccessReview. */
final class ClusterReviewer implements Reviewer {
  private final KubeClient kube;
  private final WatchedNamespaces watched;

  ClusterReviewer(KubeClient kube, WatchedNamespaces watched) {
    this.kube = kube;
    this.watched = watched;
  }

  @Override
  public Future<Optional<User>> authenticate(String token) {
    ObjectNode review = review("authentication.k8s.io/v1", "TokenReview");
    review.putObject("spec").put("token", token);
    return ask("/apis/authentication.k8s.io/v1/tokenreviews", review).map(status -> {
      if (!status.path("authenticated").asBoolean()) {
        return Optional.empty();
      }
      JsonNode user = status.path("user");
      List<String> groups = new ArrayList<>();
      user.path("groups").forEach(group -> groups.add(group.asText()));
      return Optional.of(new User(user.path("username").asText(), user.path("uid").asText(), groups));
    });
  }

  /** Everything that an operator of some namespaces knows may be seen by who may look at each of these. */
  @Override
  public Future<Boolean> mayLook(User user, String namespace) {
    if (!namespace.isEmpty() || watched.areAll()) {
      return mayList(user, namespace);
    }
    Future<Boolean> soFar = Future.succeededFuture(true);
    for (String each : watched.sorted()) {
      soFar = soFar.compose(allowed -> allowed ? mayList(user, each) : Future.succeededFuture(false));
    }
    return soFar;
  }

  private Future<Boolean> mayList(User user, String namespace) {
    ObjectNode review = review("authorization.k8s.io/v1", "SubjectAccessReview");
    ObjectNode spec = review.putObject("spec").put("user", user.name()).put("uid", user.uid());
    user.groups().forEach(spec.putArray("groups")::add);
    spec.putObject("resourceAttributes").put("verb", "list").put("group", "core.kubestash.com")
        .put("resource", "backupsessions").put("namespace", namespace);
    return ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
        .map(status -> status.path("allowed").asBoolean() && !status.path("denied").asBoolean());
  }

  private static ObjectNode review(String apiVersion, String kind) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  private Future<JsonNode> ask(String path, ObjectNode review) {
    return kube.raw("POST", path, Optional.of(review)).compose(body -> {
      try {
        return Future.succeededFuture(Json.MAPPER.readTree(body).path("status"));
      } catch (IOException unreadable) {
        return Future.failedFuture(unreadable);
      }
    });
  }
}
