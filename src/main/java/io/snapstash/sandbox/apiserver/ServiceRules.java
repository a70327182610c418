package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Service gets an address, of which nothing here makes any use, and keeps it. */
final class ServiceRules implements KindRules {
  private static final String HEADLESS = "None";
  private static final int BLOCK = 254;

  private int addresses;

  @Override
  public void beforeCreate(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    fill(spec);
    if (!spec.path("type").asText().equals("ExternalName")) {
      PodDefaults.text(spec, "internalTrafficPolicy", "Cluster");
      PodDefaults.text(spec, "ipFamilyPolicy", "SingleStack");
      if (!spec.hasNonNull("ipFamilies")) {
        spec.putArray("ipFamilies").add("IPv4");
      }
      if (spec.path("clusterIP").asText("").isEmpty()) {
        spec.put("clusterIP", "10.96." + addresses / BLOCK + "." + (addresses++ % BLOCK + 1));
      }
      spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
    }
    object.putObject("status").putObject("loadBalancer");
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    ObjectNode spec = object.withObject("/spec");
    for (String given : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy")) {
      if (!spec.hasNonNull(given) && old.path("spec").has(given)) {
        spec.set(given, old.path("spec").get(given).deepCopy());
      }
    }
    fill(spec);
  }

  private static void fill(ObjectNode spec) {
    PodDefaults.text(spec, "type", "ClusterIP");
    PodDefaults.text(spec, "sessionAffinity", "None");
    PodDefaults.each(spec.path("ports"), port -> {
      PodDefaults.text(port, "protocol", "TCP");
      if (!port.hasNonNull("targetPort") && port.has("port")) {
        port.set("targetPort", port.get("port"));
      }
    });
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode spec = object.path("spec");
    boolean portless = spec.path("clusterIP").asText().equals(HEADLESS)
        || spec.path("type").asText().equals("ExternalName");
    if (spec.path("ports").isEmpty() && !portless) {
      errors.add(FieldError.required("spec.ports", ""));
    }
    old.map(before -> before.at("/spec/clusterIP")).filter(before -> !before.isMissingNode())
        .filter(before -> !before.equals(spec.path("clusterIP")))
        .ifPresent(_ -> errors.add(FieldError.invalid("spec.clusterIPs[0]", spec.path("clusterIP"),
            "may not change once set")));
    return errors;
  }
}
