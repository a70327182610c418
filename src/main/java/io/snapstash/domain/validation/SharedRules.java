package io.snapstash.domain.validation;

import io.snapstash.api.AddonInfo;
import io.snapstash.api.HookInfo;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.TaskReference;
import io.snapstash.api.UsagePolicy;
import io.snapstash.domain.Absent;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.List;

/** Rules that several kinds have in common. */
final class SharedRules {
  private SharedRules() {}

  static void addon(Violations found, String field, AddonInfo addon) {
    if (!found.required(field, addon)) {
      return;
    }
    found.required(field + ".name", addon.name());
    List<TaskReference> tasks = Absent.list(addon.tasks());
    found.required(field + ".tasks", tasks);
    for (int i = 0; i < tasks.size(); i++) {
      found.required(field + ".tasks[" + i + "].name", tasks.get(i).name());
    }
  }

  static void usagePolicy(Violations found, UsagePolicy policy) {
    if (policy != null && policy.allowedNamespaces() != null
        && "Selector".equals(policy.allowedNamespaces().from()) && policy.allowedNamespaces().selector() == null) {
      found.add("spec.usagePolicy.allowedNamespaces.selector", Rule.REQUIRED, "", "must be set with from: Selector");
    }
  }

  static void hooks(Violations found, String field, List<HookInfo> hooks, String namespace, UsageQuestion usage) {
    List<HookInfo> all = Absent.list(hooks);
    for (int i = 0; i < all.size(); i++) {
      String place = field + "[" + i + "]";
      found.duration(place + ".timeout", all.get(i).timeout());
      usage(found, place + ".hookTemplate", UsageQuestion.Kind.HOOK_TEMPLATE, all.get(i).hookTemplate(),
          namespace, usage);
    }
  }

  static void usage(Violations found, String field, UsageQuestion.Kind kind, ObjectReference reference,
      String namespace, UsageQuestion usage) {
    if (reference == null) {
      return;
    }
    ObjectReference resolved = References.resolve(reference, namespace);
    if (usage.forbids(kind, resolved)) {
      found.add(field, Rule.FORBIDDEN, References.shown(resolved), "the usagePolicy of " + kind.title() + " "
          + References.shown(resolved) + " does not allow namespace " + namespace);
    }
  }
}
