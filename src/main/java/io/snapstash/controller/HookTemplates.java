package io.snapstash.controller;

import io.snapstash.api.HookTemplate;
import io.snapstash.domain.validation.UsageQuestion;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.engine.ResourceKey;
import java.util.Map;

/** Who may use which HookTemplate (behaviour 11.9). One that does not exist forbids nothing. */
public final class HookTemplates {
  private HookTemplates() {}

  public static boolean forbids(Caches caches, HookTemplate template, String user) {
    Map<String, String> labels =
        caches.namespaces.get(ResourceKey.clusterScoped(user)).map(Metadata::labels).orElse(Map.of());
    return template.getSpec() != null && !UsageRules.allows(
        template.getSpec().usagePolicy(), template.getMetadata().getNamespace(), user, labels);
  }

  /** Asks of HookTemplates alone; what else has a policy is told where it is used (behaviour 4.6). */
  public static UsageQuestion question(Caches caches, String user) {
    return (kind, reference) -> kind == UsageQuestion.Kind.HOOK_TEMPLATE && caches.hookTemplates
        .get(new ResourceKey(reference.namespace(), reference.name()))
        .filter(template -> forbids(caches, template, user)).isPresent();
  }
}
