package io.snapstash.controller.volume;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.Caches;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Follows pieces of work to their end for those who wait for one beside all passes. What is waited for is forgotten by
 * a restart; whoever needs it asks again and finds the same Job.
 */
public final class VolumeErrand {
  private final VolumeJobs jobs;
  private final Time time;
  private final Map<Object, Runnable> looks = new ConcurrentHashMap<>();

  public VolumeErrand(VolumeJobs jobs, Caches caches, Time time) {
    this.jobs = jobs;
    this.time = time;
    caches.jobs.onChange((before, after) -> after.or(() -> before).ifPresent(this::look));
    caches.jobPods.onChange((before, after) -> after.or(() -> before).ifPresent(this::look));
  }

  private void look(HasMetadata changed) {
    looks.values().forEach(Runnable::run);
  }

  /**
   * Completes on the caller's context when the work is done or has failed, and its Job is then removed; a failed one
   * is kept for people until it is due again.
   *
   * @param wanted false as soon as nobody wants it any more: then it fails
   */
  public Future<VolumeAnswer> run(VolumeTask task, BooleanSupplier wanted) {
    Errand errand = new Errand(task, wanted, Vertx.currentContext());
    looks.put(errand, errand::look);
    errand.look();
    return errand.promise.future().eventually(() -> {
      looks.remove(errand);
      return Future.succeededFuture();
    });
  }

  private final class Errand {
    private final VolumeTask task;
    private final BooleanSupplier wanted;
    private final Context context;
    private final Promise<VolumeAnswer> promise = Promise.promise();
    private boolean asking;
    private boolean again;
    private boolean known;

    Errand(VolumeTask task, BooleanSupplier wanted, Context context) {
      this.task = task;
      this.wanted = wanted;
      this.context = context;
    }

    void look() {
      context.runOnContext(_ -> ask());
    }

    private void ask() {
      if (known) {
        // To ask once more, while the Job of a known outcome is removed, would have it all done again.
        return;
      }
      if (asking) {
        again = true;
        return;
      }
      if (!wanted.getAsBoolean()) {
        promise.tryFail("stopped");
        return;
      }
      asking = true;
      jobs.ask(task).onComplete(answer -> context.runOnContext(_ -> {
        asking = false;
        if (answer.failed()) {
          promise.tryFail(answer.cause());
        } else {
          answered(answer.result());
        }
        if (again && !promise.future().isComplete()) {
          again = false;
          ask();
        }
      }));
    }

    private void answered(VolumeAnswer answer) {
      switch (answer) {
        case VolumeAnswer.Underway(var look) ->
            look.ifPresent(delay -> time.schedule(delay.plus(Duration.ofMillis(1)), this::look));
        case VolumeAnswer.Done done -> {
          known = true;
          jobs.tidy(task).onComplete(_ -> context.runOnContext(_ -> promise.tryComplete(done)));
        }
        case VolumeAnswer.Failed failed -> {
          known = true;
          promise.tryComplete(failed);
        }
      }
    }
  }
}
