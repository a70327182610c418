package io.snapstash.domain.validation;

import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.RestoreSessionSpec;
import io.snapstash.domain.Absent;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.List;

/** What makes a RestoreSession invalid by itself (behaviour 12.6). */
public final class RestoreSessionRules {
  /** The word that stands for the newest Snapshot of a repository. */
  public static final String LATEST = "latest";

  private RestoreSessionRules() {}

  public static List<Violation> check(String namespace, RestoreSessionSpec spec, UsageQuestion usage) {
    Violations found = new Violations();
    if (found.required("spec.dataSource", spec.dataSource())) {
      source(found, spec.dataSource());
    }
    SharedRules.addon(found, "spec.addon", spec.addon());
    found.duration("spec.restoreTimeout", spec.restoreTimeout());
    if (spec.hooks() != null) {
      SharedRules.hooks(found, "spec.hooks.preRestore", spec.hooks().preRestore(), namespace, usage);
      SharedRules.hooks(found, "spec.hooks.postRestore", spec.hooks().postRestore(), namespace, usage);
    }
    return found.items();
  }

  /** 8.9: one claim would have to hold the data of two. */
  public static Violation sameClaimTwice(String namespace, String claim, List<String> components) {
    return new Violation("spec.addon.tasks", Rule.DUPLICATE, namespace + "/" + claim,
        "claim " + namespace + "/" + claim + " would be made for " + String.join(" and ", components)
            + "; put ${POD_ORDINAL} into the name of its template");
  }

  private static void source(Violations found, RestoreDataSource source) {
    if (source.pitr() != null) {
      found.required("spec.dataSource.pitr.targetTime", source.pitr().targetTime());
      found.required("spec.dataSource.repository", source.repository());
    } else if (found.required("spec.dataSource.snapshot", source.snapshot())
        && LATEST.equals(Absent.text(source.snapshot()))) {
      found.required("spec.dataSource.repository", source.repository());
    }
  }
}
