package io.snapstash.domain.validation;

import io.snapstash.api.AllowedNamespaces;
import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupConfigurationSpecBuilder;
import io.snapstash.api.ObjectReference;
import io.snapstash.domain.Absent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in for backends and retention policies that a BackupConfiguration leaves out (behaviour 4.1, 4.2). The
 * webhook writes it into the object; the reconciler reckons with it without writing, so that the object stays the
 * user's where no webhook was asked.
 */
public final class Defaults {
  private static final Comparator<Candidate> ORDER = Comparator
      .comparing((Candidate each) -> each.reference().namespace()).thenComparing(each -> each.reference().name());

  private final String namespace;
  private final Map<String, String> labels;
  private final List<Candidate> storages;
  private final List<Candidate> policies;

  /**
   * @param labels those of the Namespace
   * @param storages every BackupStorage that is a default somewhere
   * @param policies every RetentionPolicy that is one
   */
  public Defaults(
      String namespace, Map<String, String> labels, List<Candidate> storages, List<Candidate> policies) {
    this.namespace = namespace;
    this.labels = labels;
    this.storages = storages.stream().sorted(ORDER).toList();
    this.policies = policies.stream().sorted(ORDER).toList();
  }

  /** The same spec with what was left out; equal to the given one if nothing was, or nothing is to be found. */
  public BackupConfigurationSpec fill(BackupConfigurationSpec spec) {
    List<BackendReference> given = Absent.list(spec.backends());
    List<BackendReference> filled = backends(given);
    return filled.equals(given) ? spec : BackupConfigurationSpecBuilder.builder(spec).backends(filled).build();
  }

  private List<BackendReference> backends(List<BackendReference> given) {
    List<BackendReference> backends = new ArrayList<>(!given.isEmpty() ? given
        : choose(storages).map(storage -> new BackendReference(null, storage, null)).stream().toList());
    Optional<ObjectReference> policy = choose(policies);
    if (policy.isPresent()) {
      backends.replaceAll(backend -> backend == null || backend.retentionPolicy() != null ? backend
          : new BackendReference(backend.name(), backend.storageRef(), policy.get()));
    }
    return backends;
  }

  private Optional<ObjectReference> choose(List<Candidate> candidates) {
    return candidates.stream().filter(each -> from(each, "Same") && isOurs(each)).findFirst()
        .or(() -> candidates.stream().filter(each -> from(each, "Selector")
            && UsageRules.allows(each.usage(), each.reference().namespace(), namespace, labels)).findFirst())
        .or(() -> candidates.stream().filter(each -> from(each, "All") && isOurs(each)).findFirst())
        .or(() -> candidates.stream().filter(each -> from(each, "All")).findFirst())
        .map(Candidate::reference);
  }

  private boolean isOurs(Candidate candidate) {
    return namespace.equals(candidate.reference().namespace());
  }

  private static boolean from(Candidate candidate, String wanted) {
    AllowedNamespaces allowed = candidate.usage() == null ? null : candidate.usage().allowedNamespaces();
    return wanted.equals(allowed == null || allowed.from() == null ? "Same" : allowed.from());
  }
}
