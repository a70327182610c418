package io.snapstash.job;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.apiserver.FaultPlan;
import io.snapstash.sandbox.apiserver.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** A command that runs once, with a trouble at one of its writes; a dead one sends nothing and wakes up no more. */
final class MortalCommand {
  /** What goes wrong at a write. */
  enum Trouble { NOTHING, WRITE_IS_LOST, ANSWER_IS_LOST, DIES_AFTER_WRITE }

  private static final AtomicInteger COMMANDS = new AtomicInteger();
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  /** Each its own: what a dead one has sent may arrive while its successor is at work. */
  private final String userAgent = "job-under-test-" + COMMANDS.incrementAndGet();
  private final StoryWorld world;
  private final Trouble trouble;
  private final int at;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean dead;

  MortalCommand(StoryWorld world, Trouble trouble, int at) {
    this.world = world;
    this.trouble = trouble;
    this.at = at;
  }

  /** Writes that were sent, the one that met the trouble included. */
  int writes() {
    return writes.get();
  }

  /** @return its exit code; empty if it died */
  OptionalInt run(String plan, ToIntFunction<JobContext> command) {
    world.server().faults().add(this::isDoomed, trouble == Trouble.WRITE_IS_LOST
        ? new FaultPlan.What.ResetBeforeCommit() : new FaultPlan.What.ResetAfterCommit(), 1);
    world.server().faults().add(entry -> dead && isOurs(entry), new FaultPlan.What.ResetBeforeCommit(),
        Integer.MAX_VALUE);
    Config connection = new ConfigBuilder(world.world().parts().connection()).withUserAgent(userAgent).build();
    JobContext context = JobContext.of(connection, new VertxHttpClientFactory(world.world().parts().vertx()),
        new MortalTime(), Map.of(JobContext.PLAN, plan));
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> {
      try {
        exit.complete(command.applyAsInt(context));
      } catch (RuntimeException failure) {
        exit.completeExceptionally(failure);
      }
    });
    world.until("the command has ended", Duration.ofMinutes(30), () -> dead || exit.isDone());
    context.kube().close();
    if (!dead) {
      world.server().faults().clear();
    }
    return dead ? OptionalInt.empty() : OptionalInt.of(exit.join());
  }

  private boolean isDoomed(RequestLog.Entry entry) {
    boolean now = isOurs(entry) && WRITES.contains(entry.verb()) && writes.incrementAndGet() == at
        && trouble != Trouble.NOTHING;
    dead |= now && trouble == Trouble.DIES_AFTER_WRITE;
    return now;
  }

  private boolean isOurs(RequestLog.Entry entry) {
    return entry.userAgent().equals(userAgent);
  }

  private final class MortalTime implements Time {
    @Override
    public Instant now() {
      return world.time().now();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
      return world.time().schedule(delay, () -> {
        if (!dead) {
          action.run();
        }
      });
    }
  }
}
