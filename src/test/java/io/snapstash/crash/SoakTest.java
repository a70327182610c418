package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Weeks in which everything goes wrong: storms of random faults, each followed by a calm in which all must come to rest
 * and be as it should. {@code mvn -Psoak verify -Dsoak.minutes=60 -Dsoak.seed=1}; the minutes are those of a wall clock.
 */
@Tag("soak")
class SoakTest {
  private static final int TENANTS = 4;
  private static final int BLOWS = 40;
  private static final int MOST_SECONDS_BETWEEN = 45;
  private static final Duration PATIENCE = Duration.ofHours(3);
  private static final Duration IDLE = Duration.ofMinutes(10);
  /** By so much may the heap after a storm be larger at the end than at the beginning, for caches of the JVM. */
  private static final long MOST_GROWTH_MIB = 24;

  private final long seed = Long.getLong("soak.seed", 1);
  private final Random chance = new Random(seed);
  private final Map<String, Integer> blows = new TreeMap<>();
  private final List<Long> heaps = new ArrayList<>();

  @Test
  void nothingIsLostAndAllComesToRestAfterEachStorm() {
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("soak.minutes", 60)).toNanos();
    try (CrashWorld world = CrashWorld.start(true)) {
      List<Tenant> tenants = IntStream.range(0, TENANTS).mapToObj(index -> tenant(world, index)).toList();
      List<CrashRun> runs = tenants.stream().map(Tenant::run).toList();
      world.until(Future.all(runs.stream().map(run -> run.startOperator(false)).toList()));
      tenants.forEach(Tenant::moveIn);
      await(world, tenants, "claims and storages are ready", tenant -> CrashStories.isStorageReady(tenant.run())
          && tenant.claims().stream().allMatch(tenant.run()::isBound));
      tenants.forEach(Tenant::write);
      tenants.forEach(Tenant::backUp);
      for (int storm = 1; System.nanoTime() < end; storm++) {
        weather(world, tenants);
        calm(world, tenants, storm);
      }
    }
    report();
  }

  private Tenant tenant(CrashWorld world, int index) {
    RandomWeather weather = new RandomWeather(world.time(), new Random(chance.nextLong()));
    return new Tenant(world.run("tenant-" + index, _ -> weather), weather, world.world().parts().behaviour(),
        new Random(chance.nextLong()), index % 2 == 1);
  }

  private void weather(CrashWorld world, List<Tenant> tenants) {
    for (int blow = 0; blow < BLOWS; blow++) {
      Tenant tenant = tenants.get(chance.nextInt(tenants.size()));
      String what = tenant.suffer();
      System.out.println(world.time().now() + " " + tenant.run() + ": " + what);
      blows.merge(what.replaceAll(" [\\w-]*\\d+$", ""), 1, Integer::sum);
      world.advance(Duration.ofSeconds(1 + chance.nextInt(MOST_SECONDS_BETWEEN)));
    }
  }

  /** All come to rest; a backup and a restore succeed at once; then nobody asks for anything any more. */
  private void calm(CrashWorld world, List<Tenant> tenants, int storm) {
    tenants.forEach(Tenant::calmDown);
    await(world, tenants, "all runs have ended after storm " + storm, Tenant::isAtRest);
    world.advance(IDLE);
    tenants.forEach(Tenant::write);
    tenants.forEach(Tenant::trigger);
    await(world, tenants, "a backup in calm has succeeded", tenant -> tenant.isAtRest()
        && CrashRun.phase(latest(tenant)).equals("Succeeded"));
    tenants.forEach(Tenant::restore);
    await(world, tenants, "a restore in calm has succeeded", tenant -> tenant.isAtRest()
        && tenant.run().phase(RESTORE_SESSIONS, "r" + tenant.lastRestored().replace("back-", "")).equals("Succeeded"));
    List<String> wrong = new ArrayList<>();
    tenants.forEach(tenant -> wrong.addAll(Soundness.ofRestored(tenant)));
    world.advance(IDLE);
    tenants.forEach(tenant -> wrong.addAll(Soundness.of(tenant)));
    assertThat(wrong).as("after storm %s of seed %s", storm, seed).isEmpty();
    tenants.forEach(Tenant::tidyUp);
    await(world, tenants, "what is not needed is gone", Tenant::isTidy);
    world.advance(IDLE);
    world.forgetThePast();
    world.advance(IDLE);
    assertThat(world.asked()).as("requests in ten idle minutes after storm %s of seed %s", storm, seed).isEmpty();
    takeHeap(world, storm);
  }

  private static HasMetadata latest(Tenant tenant) {
    return tenant.run().list(BACKUP_SESSIONS).stream().max(Comparator.comparing(each ->
        each.getMetadata().getCreationTimestamp() + each.getMetadata().getName())).orElseThrow();
  }

  private static void await(CrashWorld world, List<Tenant> tenants, String what, Predicate<Tenant> condition) {
    List<CrashRun> late = world.until(tenants.stream().map(Tenant::run).toList(), run -> tenants.stream()
        .filter(tenant -> tenant.run() == run).allMatch(condition), PATIENCE);
    assertThat(tenants.stream().filter(tenant -> late.contains(tenant.run())).map(Tenant::picture)).as(what).isEmpty();
  }

  private void takeHeap(CrashWorld world, int storm) {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    heaps.add(used);
    System.out.println("storm " + storm + " of seed " + seed + " is over at " + world.time().now() + ", heap " + used
        + " MiB");
  }

  private void report() {
    System.out.println("soak: " + heaps.size() + " storms of seed " + seed + ", blows " + blows + ", heap after each "
        + heaps + " MiB");
    int quarter = heaps.size() / 4;
    if (quarter >= 2) {
      assertThat(median(heaps.subList(heaps.size() - quarter, heaps.size()))).as("heap in MiB, at the end")
          .isLessThan(median(heaps.subList(0, quarter)) + MOST_GROWTH_MIB);
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
