package io.snapstash.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.snapstash.api.Json;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.OperatorProcess;
import io.snapstash.wire.Treatment;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A story in one namespace, with an operator of its own that works in that namespace alone, and one trouble. What is
 * applied here is written for the namespace demo and moved.
 */
final class CrashRun {
  private static final String WRITTEN_FOR = "demo";

  private final CrashWorld world;
  private final String namespace;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicBoolean breaksExec = new AtomicBoolean();
  private final Weather weather;
  private final AtomicInteger strikes = new AtomicInteger();
  private volatile Trouble trouble = new Trouble(0, Way.DIES);
  private final List<Operator> operators = new CopyOnWriteArrayList<>();
  private volatile boolean starting;
  private int started;
  private boolean turns;

  private record Operator(Mortal process, OperatorProcess.Running running) {}

  CrashRun(CrashWorld world, String namespace, Weather weather) {
    this.world = world;
    this.namespace = namespace;
    this.weather = weather;
  }

  String namespace() {
    return namespace;
  }

  Trouble trouble() {
    return trouble;
  }

  Weather weather() {
    return weather;
  }

  /** Takes note of what its weather does to a request. */
  Treatment struck(Treatment treatment) {
    if (!treatment.equals(Treatment.PASSES)) {
      strikes.incrementAndGet();
    }
    return treatment;
  }

  /** How many requests its weather has done something to. */
  int strikes() {
    return strikes.get();
  }

  /** From now on writes are counted from one. */
  void trouble(Trouble next) {
    trouble = next;
  }

  /** The operator that works, or the one that did last. */
  Mortal leader() {
    return operators.stream().map(Operator::process).filter(process -> !process.isDead()).findFirst()
        .orElse(operators.getLast().process());
  }

  CrashWorld world() {
    return world;
  }

  /** Completes when it is ready. */
  Future<Void> startOperator(boolean inTurns) {
    turns = inTurns;
    String name = "operator-" + ++started + "-of-" + namespace;
    Mortal process = new Mortal("operator", this, world.time(), () -> { });
    world.tribunal().know(name, process);
    Map<String, String> settings = inTurns ? Map.of("SNAPSTASH_LEADERELECTION_ENABLED", "true",
        "SNAPSTASH_LEADERELECTION_NAMESPACE", namespace, "POD_NAME", name) : Map.of();
    starting = true;
    return world.operator(name, process, namespace, settings)
        .onSuccess(running -> operators.add(new Operator(process, running)))
        .onComplete(_ -> starting = false).mapEmpty();
  }

  Future<Void> startOperatorAgain() {
    return startOperator(turns);
  }

  /** Whether no operator is left. */
  boolean isOrphaned() {
    return !starting && !operators.isEmpty() && operators.stream().allMatch(each -> each.process().isDead());
  }

  /** What is left of processes after their death is put away. */
  void bury() {
    operators.stream().filter(each -> each.process().isDead()).forEach(each -> CrashWorld.await(each.running().stop()));
  }

  void forgetThePast() {
    operators.removeIf(each -> each.process().isDead());
    calls.clear();
  }

  void killAll() {
    operators.forEach(each -> each.process().die());
  }

  /** The leader stops as on SIGTERM; what it sends afterwards does not count. */
  void endLeader() {
    Operator ending = operators.stream().filter(each -> !each.process().isDead()).findFirst().orElseThrow();
    CrashWorld.await(ending.running().end());
    ending.process().die();
  }

  void breakNextExec() {
    breaksExec.set(true);
  }

  /** A command was run in a Pod, or a request came. @return whether the answer is to be lost */
  boolean called(String hook) {
    calls.add(hook);
    return breaksExec.getAndSet(false);
  }

  /** Hooks as they were called. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void apply(String yaml) {
    apply(Manifests.parse(yaml));
  }

  void apply(List<ObjectNode> manifests) {
    CrashWorld.await(world.world().apply(manifests.stream().map(this::moved).toList()));
  }

  private ObjectNode moved(ObjectNode manifest) {
    return (ObjectNode) moved((JsonNode) manifest.deepCopy());
  }

  private JsonNode moved(JsonNode node) {
    switch (node) {
      case ObjectNode object -> object.properties().forEach(field -> field.setValue(moved(field.getValue())));
      case ArrayNode array -> {
        for (int index = 0; index < array.size(); index++) {
          array.set(index, moved(array.get(index)));
        }
      }
      case TextNode text when text.asText().equals(WRITTEN_FOR) -> {
        return TextNode.valueOf(namespace);
      }
      default -> { }
    }
    return node;
  }

  void write(String claim, String text) {
    CrashWorld.await(world.world().write(namespace, claim, text));
  }

  <T extends HasMetadata> Optional<T> find(ResourceType<T> type, String name) {
    return CrashWorld.await(world.client().find(type, key(type, name)));
  }

  <T extends HasMetadata> List<T> list(ResourceType<T> type) {
    return CrashWorld.await(world.world().list(type, namespace));
  }

  String phase(ResourceType<?> type, String name) {
    return find(type, name).map(CrashRun::phase).orElse("");
  }

  static String phase(HasMetadata object) {
    return Json.MAPPER.<JsonNode>valueToTree(object).at("/status/phase").asText("");
  }

  void patch(ResourceType<?> type, String name, String yaml) {
    CrashWorld.await(world.client().patch(type, key(type, name), Manifests.parse(yaml).getFirst()));
  }

  void delete(ResourceType<?> type, String name) {
    CrashWorld.await(world.client().delete(type, key(type, name), DeleteOptions.BACKGROUND));
  }

  private ResourceKey key(ResourceType<?> type, String name) {
    return new ResourceKey(type.namespaced() ? namespace : "", name);
  }

  /** As the CronJob's controller does when a slot has come: a Job of its template, named after the next minute. */
  void trigger() {
    CronJob schedule = list(ResourceTypes.CRON_JOBS).getFirst();
    long minute = world.time().now().getEpochSecond() / 60 + 1;
    Job job = new JobBuilder().withNewMetadataLike(schedule.getSpec().getJobTemplate().getMetadata())
        .withName(schedule.getMetadata().getName() + "-" + minute).withNamespace(namespace).endMetadata()
        .withSpec(schedule.getSpec().getJobTemplate().getSpec()).build();
    CrashWorld.await(world.client().create(ResourceTypes.JOBS, namespace, job));
  }

  boolean isBound(String claim) {
    return phase(ResourceTypes.CLAIMS, claim).equals("Bound");
  }

  /** Whether there are that many runs, and all are so. */
  boolean runsAre(int count, String phase) {
    var runs = list(ResourceTypes.BACKUP_SESSIONS);
    return runs.size() == count && runs.stream().allMatch(run -> phase(run).equals(phase));
  }

  @Override
  public String toString() {
    return namespace;
  }
}
