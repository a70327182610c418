package io.snapstash.controller.backupconfiguration;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.snapstash.api.Addon;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Function;
import io.snapstash.api.Repository;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Effect;
import io.snapstash.domain.validation.UsageQuestion;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the rules for a BackupConfiguration look at.
 *
 * @param target with its namespace filled in
 * @param targetFound empty if this version does not know the kind
 * @param unbound claims of the target that have no volume yet; only looked up while a first run is to come
 * @param namespaces what Namespaces say of themselves, for consent and usage policies
 * @param repositories those it names, and those in a directory it asks for, which must not be shared
 * @param usedElsewhere names of Repositories that other BackupConfigurations of the namespace use as well
 * @param cronJobs those this object controls
 * @param restoring the RestoreSession that pauses this object's runs
 * @param frozen runs whose hooks have begun something and not ended it
 * @param usage of HookTemplates
 * @param account what is missing for trigger Jobs to run
 */
record BackupConfigurationFacts(BackupConfiguration configuration, Instant now, TypedObjectReference target,
    Optional<Boolean> targetFound, List<String> unbound, Map<String, NamespaceFacts> namespaces,
    Map<ResourceKey, BackupStorage> storages, Map<ResourceKey, RetentionPolicy> policies, Map<String, Addon> addons,
    Map<String, Function> functions, List<Repository> repositories, Set<String> usedElsewhere, List<CronJob> cronJobs,
    Optional<String> restoring, List<BackupSession> frozen, UsageQuestion usage,
    List<Effect> account, TriggerSettings trigger) {

  /** Labels and annotations of a Namespace. */
  record NamespaceFacts(Map<String, String> labels, Map<String, String> annotations) {}

  /** What trigger Jobs are made of. */
  record TriggerSettings(String image, Map<String, String> proxyEnvironment, Map<String, String> requests) {}
}
