package io.snapstash.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.engine.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far runs are, in claims, by the uid of their session. Components of a run are written when they end; what happens
 * until then is told by the objects that the Job has made.
 *
 * @param asked which claims each component has to save or to restore, as the plan of the Job says
 * @param done claims whose VolumeSnapshot is ready, or that are restored and bound
 */
public record Work(Map<String, Map<String, Set<ResourceKey>>> asked, Map<String, Set<ResourceKey>> done) {
  public static final Work NONE = new Work(Map.of(), Map.of());
  private static final String PLAN = "SNAPSTASH_PLAN";

  /** What the Jobs that have not succeeded were told to do. */
  public static Map<String, Map<String, Set<ResourceKey>>> asked(Collection<Job> jobs) {
    Map<String, Map<String, Set<ResourceKey>>> all = new HashMap<>();
    jobs.stream().filter(job -> job.getStatus() == null || job.getStatus().getCompletionTime() == null)
        .forEach(job -> plan(job).ifPresent(plan -> {
          Map<String, Set<ResourceKey>> components = new LinkedHashMap<>();
          plan.path("components").forEach(each -> components.put(each.path("name").asText(), claims(each)));
          all.put(plan.path("sessionUid").asText(), components);
        }));
    return all;
  }

  private static Set<ResourceKey> claims(JsonNode component) {
    Set<ResourceKey> claims = new HashSet<>();
    component.path("claims").forEach(each ->
        claims.add(new ResourceKey(each.path("namespace").asText(), each.path("name").asText())));
    return claims;
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

  /** Claims that a restore has made and that are bound. */
  public static Map<String, Set<ResourceKey>> bound(Collection<PersistentVolumeClaim> claims) {
    return claims.stream().filter(each -> each.getStatus() != null && "Bound".equals(each.getStatus().getPhase()))
        .filter(each -> restore(each).isPresent())
        .collect(Collectors.groupingBy(each -> restore(each).orElseThrow(), Collectors.mapping(
            each -> new ResourceKey(each.getMetadata().getNamespace(), each.getMetadata().getName()),
            Collectors.toSet())));
  }

  private static Optional<String> restore(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Labels.RESTORE_SESSION_UID));
  }

  Map<String, Set<ResourceKey>> componentsOf(String uid) {
    return asked.getOrDefault(uid, Map.of());
  }

  /** How many claims of the component are done. */
  int done(String uid, String component) {
    Set<ResourceKey> finished = done.getOrDefault(uid, Set.of());
    return (int) componentsOf(uid).getOrDefault(component, Set.of()).stream().filter(finished::contains).count();
  }
}
