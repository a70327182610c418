package io.snapstash.sandbox.apiserver;

import io.snapstash.engine.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules by kind; custom kinds are ruled by their definition. */
final class KindRulesTable {
  private final Map<String, KindRules> builtin = new HashMap<>();

  KindRulesTable(Store store, ResourceRegistry registry, Definitions definitions, Time time) {
    builtin.put("namespaces", new NamespaceRules());
    builtin.put("secrets", new SecretRules());
    builtin.put("persistentvolumeclaims", new ClaimRules());
    builtin.put("pods", new PodRules(store, registry));
    builtin.put("services", new ServiceRules());
    builtin.put("jobs", new JobRules());
    builtin.put("cronjobs", new CronJobRules());
    for (String kind : List.of("deployment", "statefulset", "daemonset", "replicaset")) {
      builtin.put(kind + "s", new WorkloadRules(kind));
    }
    builtin.put("customresourcedefinitions", definitions);
  }

  KindRules of(ApiResource resource) {
    return resource.custom().<KindRules>map(CustomRules::new)
        .orElseGet(() -> builtin.getOrDefault(resource.plural(), KindRules.NONE));
  }
}
