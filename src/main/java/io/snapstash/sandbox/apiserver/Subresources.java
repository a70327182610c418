package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The subresources besides status: logs, binding, eviction, tokens, scale, and the end of a namespace. */
final class Subresources {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final Duration SHORTEST_TOKEN_LIFE = Duration.ofMinutes(10);

  private final Time time;
  private final PodLogs logs;
  private final Writes writes;
  private final Removal removal;
  private final Presentation presentation;

  Subresources(Time time, PodLogs logs, Writes writes, Removal removal, Presentation presentation) {
    this.time = time;
    this.logs = logs;
    this.writes = writes;
    this.removal = removal;
    this.presentation = presentation;
  }

  /** Empty if there is no such subresource for that verb. */
  Optional<Answer> answer(ApiResource resource, ApiRequest request) {
    String what = request.verb() + " " + resource.plural() + "/" + request.subresource();
    return switch (what) {
      case "get pods/log" -> Optional.of(logs.answer(writes.find(resource, request), request));
      case "create pods/binding" -> Optional.of(bind(resource, request));
      case "create pods/eviction" -> Optional.of(evict(resource, request));
      case "create serviceaccounts/token" -> Optional.of(token(resource, request));
      case "update namespaces/finalize" -> Optional.of(finishNamespace(resource, request));
      default -> request.subresource().equals("scale") ? scale(resource, request) : Optional.empty();
    };
  }

  private Answer bind(ApiResource resource, ApiRequest request) {
    Stored pod = writes.find(resource, request);
    if (!pod.tree().at("/spec/nodeName").asText("").isEmpty()) {
      throw Failures.conflict(resource, request.name(), "pod " + request.name() + " is already assigned to node \""
          + pod.tree().at("/spec/nodeName").asText() + "\"");
    }
    ObjectNode after = pod.tree().deepCopy();
    after.withObject("/spec").put("nodeName", Body.tree(request).at("/target/name").asText());
    ObjectNode scheduled = after.withObject("/status").withArray("/conditions").addObject();
    scheduled.put("type", "PodScheduled").put("status", "True").putNull("lastProbeTime")
        .put("lastTransitionTime", Metadata.timestamp(time.now()));
    writes.commit(resource, request, pod, after);
    return created();
  }

  private Answer evict(ApiResource resource, ApiRequest request) {
    removal.evict(resource, request);
    return created();
  }

  private static Answer created() {
    ObjectNode status = Json.MAPPER.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Answer.json(201, status.put("status", "Success").put("code", 201));
  }

  /** The token is the account's user name, which is how this server knows users. */
  private Answer token(ApiResource resource, ApiRequest request) {
    writes.find(resource, request);
    ObjectNode answer = Body.wish(request, "authentication.k8s.io/v1", "TokenRequest");
    ObjectNode spec = answer.withObject("/spec");
    PodDefaults.number(spec, "expirationSeconds", (int) TOKEN_LIFE.toSeconds());
    Duration life = Duration.ofSeconds(spec.path("expirationSeconds").asLong());
    if (life.compareTo(SHORTEST_TOKEN_LIFE) < 0) {
      throw Failures.unprocessable("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: "
          + "Invalid value: " + life.toSeconds() + ": may not specify a duration less than 10 minutes");
    }
    Metadata.of(answer).put("name", request.name()).put("namespace", request.namespace());
    answer.putObject("status").put("token", "system:serviceaccount:" + request.namespace() + ":" + request.name())
        .put("expirationTimestamp", Metadata.timestamp(time.now().plus(life)));
    return Answer.json(201, answer);
  }

  private Answer finishNamespace(ApiResource resource, ApiRequest request) {
    Stored old = writes.find(resource, request);
    ObjectNode sent = Body.object(request, "v1", "Namespace");
    String version = Metadata.text(sent, "resourceVersion");
    if (!version.isEmpty() && !version.equals(Long.toString(old.version()))) {
      throw Failures.conflict(resource, request.name(), Failures.CONFLICT_TEXT);
    }
    ObjectNode after = old.tree().deepCopy();
    JsonNode finalizers = sent.at("/spec/finalizers");
    if (finalizers.isEmpty()) {
      after.withObject("/spec").remove("finalizers");
    } else {
      after.withObject("/spec").set("finalizers", finalizers);
    }
    Stored stored = writes.commit(resource, request, old, after);
    return Answer.json(200, presentation.one(resource, Form.of(request), stored));
  }

  private Optional<Answer> scale(ApiResource resource, ApiRequest request) {
    Stored old = writes.find(resource, request);
    if (!resource.isBuiltin() || !old.tree().path("spec").has("replicas")) {
      return Optional.empty();
    }
    if (request.verb().equals("get")) {
      return Optional.of(Answer.json(200, scaleOf(old.tree())));
    }
    JsonNode sent = Body.tree(request);
    JsonNode wanted = request.verb().equals("patch") && sent instanceof ObjectNode patch
        ? Patches.merge(scaleOf(old.tree()), patch) : sent;
    String version = Metadata.text(wanted, "resourceVersion");
    if (!version.isEmpty() && !version.equals(Long.toString(old.version()))) {
      throw Failures.conflict(resource, request.name(), Failures.CONFLICT_TEXT);
    }
    int replicas = wanted.at("/spec/replicas").asInt();
    if (replicas < 0) {
      throw Failures.unprocessable("Scale.autoscaling \"" + request.name() + "\" is invalid: spec.replicas: "
          + "Invalid value: " + replicas + ": must be greater than or equal to 0");
    }
    ObjectNode after = old.tree().deepCopy();
    after.withObject("/spec").put("replicas", replicas);
    if (!after.equals(old.tree())) {
      Metadata.bumpGeneration(after);
    }
    return Optional.of(Answer.json(200, scaleOf(writes.commit(resource, request, old, after).tree())));
  }

  private static ObjectNode scaleOf(ObjectNode workload) {
    ObjectNode scale = Json.MAPPER.createObjectNode().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      metadata.set(field, workload.path("metadata").path(field));
    }
    scale.putObject("spec").put("replicas", workload.at("/spec/replicas").asInt());
    scale.putObject("status").put("replicas", workload.at("/status/replicas").asInt())
        .put("selector", LabelSelector.text(workload.at("/spec/selector")));
    return scale;
  }
}
