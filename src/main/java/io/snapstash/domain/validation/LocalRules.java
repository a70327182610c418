package io.snapstash.domain.validation;

import io.snapstash.api.BackupBlueprintSpec;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.BackupVerifierSpec;
import io.snapstash.api.HookExecutor;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.PodExecutor;
import io.snapstash.api.RepositorySpec;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.domain.Absent;
import io.snapstash.domain.retention.RetentionPeriod;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.List;

/** The rules of the smaller kinds that need nothing but the object itself (behaviour 12.1-12.3, 12.7-12.9). */
public final class LocalRules {
  private LocalRules() {}

  public static List<Violation> check(BackupStorageSpec spec) {
    Violations found = new Violations();
    SharedRules.usagePolicy(found, spec.usagePolicy());
    return found.items();
  }

  /** 12.1 on update: the storage may not move away from under the repositories that are in it. */
  public static List<Violation> checkUpdate(BackupStorageSpec before, BackupStorageSpec now, boolean hasRepositories) {
    Violations found = new Violations();
    if (hasRepositories && before.storage() != null && !before.storage().equals(now.storage())) {
      found.add("spec.storage", Rule.IMMUTABLE, "", "cannot change while repositories are stored here");
    }
    return found.items();
  }

  /** 12.3 on update. */
  public static List<Violation> checkUpdate(RepositorySpec before, RepositorySpec now) {
    Violations found = new Violations();
    if (!Absent.text(before.path()).equals(Absent.text(now.path()))) {
      found.add("spec.path", Rule.IMMUTABLE, now.path(), "cannot change");
    }
    return found.items();
  }

  public static List<Violation> check(RetentionPolicySpec spec) {
    Violations found = new Violations();
    String period = Absent.text(spec.maxRetentionPeriod());
    if (RetentionPeriod.parse(period).isEmpty()) {
      found.add("spec.maxRetentionPeriod", Rule.INVALID, period, "is no period such as 1y6mo, 2w or 30d");
    }
    if (period.isEmpty() && spec.successfulSnapshots() == null) {
      found.add("spec", Rule.REQUIRED, "", "maxRetentionPeriod or successfulSnapshots must be set");
    }
    SharedRules.usagePolicy(found, spec.usagePolicy());
    return found.items();
  }

  public static List<Violation> check(BackupBlueprintSpec spec) {
    Violations found = new Violations();
    SharedRules.usagePolicy(found, spec.usagePolicy());
    found.required("spec.backupConfigurationTemplate", spec.backupConfigurationTemplate());
    return found.items();
  }

  public static List<Violation> check(HookTemplateSpec spec) {
    Violations found = new Violations();
    SharedRules.usagePolicy(found, spec.usagePolicy());
    HookExecutor executor = spec.executor();
    if (!found.required("spec.executor", executor) || !found.required("spec.executor.type", executor.type())) {
      return found.items();
    }
    boolean function = executor.type().equals("Function");
    if (function) {
      found.required("spec.executor.function", executor.function());
    } else {
      found.required("spec.action", spec.action());
    }
    if (executor.type().equals("Pod") && found.required("spec.executor.pod", executor.pod())) {
      selector(found, executor.pod());
    }
    return found.items();
  }

  /** 12.9; the published check of the scheduler is the wrong way round. */
  public static List<Violation> check(BackupVerifierSpec spec) {
    Violations found = new Violations();
    if (found.required("spec.restoreOption", spec.restoreOption())) {
      found.required("spec.restoreOption.addonInfo", spec.restoreOption().addonInfo());
    }
    found.required("spec.scheduler", spec.scheduler());
    if (!found.required("spec.type", spec.type())) {
      return found.items();
    }
    if (spec.type().equals("Query") && Absent.tree(spec.query()).isMissingNode()) {
      found.add("spec.query", Rule.REQUIRED, "", "must be set");
    }
    if (spec.type().equals("Script") && found.required("spec.script", spec.script())) {
      found.required("spec.script.location", spec.script().location());
    }
    if (!spec.type().equals("RestoreOnly")) {
      found.required("spec.function", spec.function());
    }
    return found.items();
  }

  private static void selector(Violations found, PodExecutor pod) {
    String field = "spec.executor.pod.selector";
    if (!found.required(field, pod.selector())) {
      return;
    }
    for (String part : pod.selector().split(",", -1)) {
      if (part.indexOf('=') < 0) {
        found.add(field, Rule.INVALID, part, "'" + part + "' is not of the form key=value");
      }
    }
  }
}
