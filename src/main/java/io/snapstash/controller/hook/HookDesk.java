package io.snapstash.controller.hook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.domain.hook.HookProgress;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.engine.Fence;
import io.snapstash.engine.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this process knows of hooks under way. A restart forgets it all, on purpose: the next process then knows
 * that it does not know (behaviour 11.4). Any thread may ask.
 */
public final class HookDesk {
  private static final Logger LOG = LoggerFactory.getLogger(HookDesk.class);

  private final HookRunner runner;
  private final Fence fence;
  private final Map<HookKey, HookProgress> known = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, ResourceKey>> listeners = new CopyOnWriteArrayList<>();

  public HookDesk(HookRunner runner, Fence fence) {
    this.runner = runner;
    this.fence = fence;
  }

  /** Tells kind and key of a run one of whose hooks has ended. */
  public void onEnded(BiConsumer<String, ResourceKey> listener) {
    listeners.add(listener);
  }

  /** A hook that lives on without us, as a Job, is taken up again; any other that nobody here began is lost. */
  public HookProgress of(HookKey key, HasMetadata run) {
    HookProgress progress = known.get(key);
    return progress != null ? progress
        : runner.livesOn(key, run) ? new HookProgress.Announced() : new HookProgress.Unknown();
  }

  /** To be called before the status says that the hook has begun. */
  public void announce(HookKey key) {
    known.putIfAbsent(key, new HookProgress.Announced());
  }

  /** To be called after. A second call for one that runs does nothing. */
  public void start(HookOrder order) {
    fence.check();
    if (known.put(order.key(), new HookProgress.Running()) instanceof HookProgress.Running) {
      return;
    }
    LOG.info("hook begun kind={} key={} hook={} after={}", order.run().getKind(), order.runKey(), order.key().name(),
        order.key().after());
    runner.run(order).onComplete(ended -> {
      HookResult result = ended.succeeded() ? ended.result() : HookResult.failed(String.valueOf(ended.cause().getMessage()));
      LOG.info("hook ended kind={} key={} hook={} result={}", order.run().getKind(), order.runKey(), order.key().name(),
          result.getClass().getSimpleName());
      known.put(order.key(), new HookProgress.Ended(result));
      listeners.forEach(listener -> listener.accept(order.run().getKind(), order.runKey()));
    });
  }

  public void forget(String uid) {
    known.keySet().removeIf(key -> key.uid().equals(uid));
  }
}
