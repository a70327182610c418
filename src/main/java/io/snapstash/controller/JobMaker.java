package io.snapstash.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.AddonInfo;
import io.snapstash.api.Json;
import io.snapstash.api.TaskReference;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.template.JobRequest;
import io.snapstash.domain.template.ResolvedTask;
import io.snapstash.domain.template.TaskJob;
import io.snapstash.domain.template.TaskResolver;
import io.snapstash.domain.template.TaskVariables;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the Job of a run, its account and its plan into effects, in the order in which they are needed. */
public final class JobMaker {
  /** Environment of the Job: everything that was resolved for it, as JSON. */
  public static final String PLAN = "SNAPSTASH_PLAN";
  /** An argument or variable of a process may be 128 KiB on Linux; the JSON is ASCII for the most part. */
  private static final int LONGEST_PLAN = 120 * 1024;

  /** What came out. */
  public sealed interface Made {
    record Job(List<Effect> effects) implements Made {}

    record Impossible(String message) implements Made {}
  }

  private final Operator operator;
  private final HasMetadata owner;
  private final JobAccounts account;
  private final String container;

  public JobMaker(Operator operator, HasMetadata owner, JobAccounts account, String container) {
    this.operator = operator;
    this.owner = owner;
    this.account = account;
    this.container = container;
  }

  public OffshootLabels.Owner owner() {
    return new OffshootLabels.Owner(owner.getKind(), owner.getMetadata().getNamespace(), owner.getMetadata().getName(),
        Metadata.labels(owner));
  }

  /** @param reached namespaces that the Job works in */
  public Made make(String name, ResolvedTask task, AddonInfo addon, TaskVariables variables, Object plan,
      Duration deadline, Map<String, String> labels, Set<String> reached) {
    String json = json(plan);
    if (json.length() > LONGEST_PLAN) {
      return new Made.Impossible("the run has too many claims for one Job: its plan takes " + json.length()
          + " bytes and may take " + LONGEST_PLAN);
    }
    Map<String, String> environment = new HashMap<>(operator.settings().proxyEnvironment());
    environment.put(PLAN, json);
    JobRequest request = new JobRequest(owner.getMetadata().getNamespace(), name,
        new JobRequest.Owner(owner.getApiVersion(), owner.getKind(), owner.getMetadata().getName(),
            owner.getMetadata().getUid()),
        container, labels, operator.settings().image(), account.accountName(), environment, deadline, Optional.empty(),
        operator.settings().jobRequests());
    return switch (TaskJob.render(task, addon, variables, request)) {
      case TaskJob.Rendering.Unresolvable(String message) -> new Made.Impossible(message);
      case TaskJob.Rendering.Rendered(var job) -> {
        List<Effect> effects = new ArrayList<>(account.ensure(
            operator.caches(), owner.getMetadata().getNamespace(), reached));
        effects.add(new Effect.Create(ResourceTypes.JOBS, owner.getMetadata().getNamespace(), job,
            new Proof.ControlledBy(owner.getMetadata().getUid())));
        yield new Made.Job(effects);
      }
    };
  }

  public static TaskResolver resolver(Caches caches) {
    return new TaskResolver(
        name -> caches.addons.get(ResourceKey.clusterScoped(name)).map(addon -> addon.getSpec()),
        name -> caches.functions.get(ResourceKey.clusterScoped(name)).map(function -> function.getSpec()));
  }

  /** Names of the volumes that a backup task is limited to; empty means all (behaviour 6.9). */
  public static Set<String> restrictedTo(TaskReference reference) {
    return reference.targetVolumes() == null || reference.targetVolumes().volumeMounts() == null ? Set.of()
        : reference.targetVolumes().volumeMounts().stream().map(mount -> mount.path("name").asText(""))
            .filter(name -> !name.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }

  private static String json(Object plan) {
    try {
      return Json.MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("a plan of records and texts can always be written", bug);
    }
  }
}
