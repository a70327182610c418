package io.snapstash.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parts of an {@link Inventory} that have to be worked out from other objects. */
public final class Inventories {
  private static final String PLAN = "SNAPSTASH_PLAN";

  private Inventories() {}

  /** Every claim by its creation, without those that are being deleted. */
  public static Map<ResourceKey, Instant> claims(Collection<? extends HasMetadata> claims) {
    Map<ResourceKey, Instant> all = new HashMap<>();
    claims.stream().filter(each -> each.getMetadata().getDeletionTimestamp() == null).forEach(each ->
        all.put(new ResourceKey(each.getMetadata().getNamespace(), each.getMetadata().getName()), Read.created(each)));
    return all;
  }

  /** Claims that some Succeeded Snapshot holds. */
  public static Set<ResourceKey> saved(Collection<Snapshot> snapshots) {
    return Read.saved(snapshots);
  }

  /** How many volumes each component of a run has, by the uid of the session, as its Job was told. */
  public static Map<String, Map<String, Integer>> volumes(Collection<Job> jobs) {
    Map<String, Map<String, Integer>> all = new HashMap<>();
    jobs.stream().filter(job -> job.getStatus() == null || job.getStatus().getCompletionTime() == null)
        .forEach(job -> plan(job).ifPresent(plan -> {
          Map<String, Integer> components = new HashMap<>();
          plan.path("components").forEach(each -> components.put(each.path("name").asText(), each.path("claims").size()));
          all.put(plan.path("sessionUid").asText(), components);
        }));
    return all;
  }

  private static Optional<JsonNode> plan(Job job) {
    return Stream.ofNullable(job.getSpec().getTemplate())
        .flatMap(template -> template.getSpec().getContainers().stream())
        .filter(container -> container.getEnv() != null).flatMap(container -> container.getEnv().stream())
        .filter(variable -> PLAN.equals(variable.getName()) && variable.getValue() != null).findFirst()
        .flatMap(variable -> tree(variable.getValue()));
  }

  private static Optional<JsonNode> tree(String text) {
    try {
      return Optional.of(Json.MAPPER.readTree(text));
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }

  /** How many restored claims are bound, by the uid of the restore. */
  public static Map<String, Integer> bound(Collection<PersistentVolumeClaim> claims) {
    Map<String, Integer> all = new HashMap<>();
    claims.stream().filter(each -> each.getStatus() != null && "Bound".equals(each.getStatus().getPhase()))
        .map(each -> Optional.ofNullable(each.getMetadata().getAnnotations()).orElse(Map.of())
            .get(Labels.RESTORE_SESSION_UID))
        .filter(uid -> uid != null).forEach(uid -> all.merge(uid, 1, Integer::sum));
    return all;
  }
}
