package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One folder of {@code k8s/samples}.
 *
 * @param claims source claim to the claim that its content is restored into
 * @param bySchedule wait for a run through the CronJob, too, not only for the initial one
 * @param consumer the file that makes the restored claims' first consumer, if they wait for one
 */
record Sample(String folder, String name, Map<String, String> claims, boolean bySchedule, Optional<String> consumer) {
  static final String NAMESPACE = "demo";

  static List<Sample> all() {
    return List.of(
        new Sample("pvc", "notes", Map.of("notes", "notes-restored"), true, Optional.empty()),
        new Sample("deployment", "shop",
            Map.of("shop-data", "shop-data-restored", "shop-config", "shop-config-restored"), false, Optional.empty()),
        new Sample("statefulset", "ledger", Map.of("data-ledger-0", "data-ledger-restored-0",
            "data-ledger-1", "data-ledger-restored-1", "data-ledger-2", "data-ledger-restored-2"), false,
            Optional.of("restored/workload.yaml")),
        new Sample("daemonset", "agent", Map.of("agent-state", "agent-state-restored"), false, Optional.empty()));
  }

  Sample {
    Map<String, String> ordered = new LinkedHashMap<>();
    claims.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    claims = ordered;
  }

  Sample withoutSchedule() {
    return new Sample(folder, name, claims, false, consumer);
  }

  List<ObjectNode> manifests(String file) {
    return Manifests.file("k8s/samples/" + folder + "/" + file);
  }

  String restoreSession() {
    return "restore-" + name;
  }
}
