package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the API server writes into the spec of a Pod, or of a Pod template, where the client left it out. */
final class PodDefaults {
  /** 0644, for files from Secrets and the like. */
  private static final int FILE_MODE = 420;
  private static final int TOKEN_SECONDS = 3_600;
  private static final int GRACE_SECONDS = 30;
  private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

  private PodDefaults() {}

  /** Of an object with a Pod template: the template itself may be missing as well. */
  static void fillTemplate(ObjectNode owner) {
    ObjectNode template = owner.withObject("/template");
    template.withObject("/metadata");
    fill(template.withObject("/spec"));
  }

  static void fill(ObjectNode spec) {
    for (String list : List.of("initContainers", "containers")) {
      each(spec.path(list), PodDefaults::container);
    }
    each(spec.path("volumes"), PodDefaults::volume);
    text(spec, "restartPolicy", "Always");
    number(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
    text(spec, "dnsPolicy", "ClusterFirst");
    spec.withObject("/securityContext");
    text(spec, "schedulerName", "default-scheduler");
    String account = spec.path("serviceAccountName").asText(spec.path("serviceAccount").asText(""));
    if (!account.isEmpty()) {
      // The old name of the field is always told along.
      spec.put("serviceAccountName", account).put("serviceAccount", account);
    }
  }

  private static void container(ObjectNode container) {
    ObjectNode resources = container.withObject("/resources");
    resources.path("limits").properties().forEach(limit -> {
      if (!resources.path("requests").has(limit.getKey())) {
        resources.withObject("/requests").set(limit.getKey(), limit.getValue());
      }
    });
    text(container, "terminationMessagePath", "/dev/termination-log");
    text(container, "terminationMessagePolicy", "File");
    text(container, "imagePullPolicy", pullPolicy(container.path("image").asText("")));
    each(container.path("ports"), port -> text(port, "protocol", "TCP"));
    each(container.path("env"), variable -> fieldVersion(variable.path("valueFrom")));
    PROBES.stream().map(container::get).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast)
        .forEach(PodDefaults::probe);
  }

  /** Without a tag or with {@code latest} the image may change behind its name. */
  static String pullPolicy(String image) {
    String tagged = image.substring(image.lastIndexOf('/') + 1);
    boolean fixed = image.contains("@") || tagged.contains(":") && !tagged.endsWith(":latest");
    return fixed ? "IfNotPresent" : "Always";
  }

  private static void probe(ObjectNode probe) {
    number(probe, "timeoutSeconds", 1);
    number(probe, "periodSeconds", 10);
    number(probe, "successThreshold", 1);
    number(probe, "failureThreshold", 3);
    if (probe.get("httpGet") instanceof ObjectNode http) {
      text(http, "path", "/");
      text(http, "scheme", "HTTP");
    }
  }

  private static void volume(ObjectNode volume) {
    if (volume.size() == 1 && volume.has("name")) {
      volume.putObject("emptyDir");
    }
    for (Map.Entry<String, JsonNode> source : volume.properties()) {
      if (source.getValue() instanceof ObjectNode content) {
        switch (source.getKey()) {
          case "secret", "configMap" -> number(content, "defaultMode", FILE_MODE);
          case "hostPath" -> text(content, "type", "");
          case "downwardAPI" -> {
            number(content, "defaultMode", FILE_MODE);
            each(content.path("items"), PodDefaults::fieldVersion);
          }
          case "projected" -> {
            number(content, "defaultMode", FILE_MODE);
            each(content.path("sources"), PodDefaults::projection);
          }
          default -> { }
        }
      }
    }
  }

  private static void projection(ObjectNode source) {
    each(source.at("/downwardAPI/items"), PodDefaults::fieldVersion);
    if (source.get("serviceAccountToken") instanceof ObjectNode token) {
      number(token, "expirationSeconds", TOKEN_SECONDS);
    }
  }

  private static void fieldVersion(JsonNode holder) {
    if (holder.get("fieldRef") instanceof ObjectNode reference) {
      text(reference, "apiVersion", "v1");
    }
  }

  static void each(JsonNode list, Consumer<ObjectNode> action) {
    for (JsonNode element : list) {
      if (element instanceof ObjectNode object) {
        action.accept(object);
      }
    }
  }

  static void text(ObjectNode object, String field, String value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  static void number(ObjectNode object, String field, int value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}
