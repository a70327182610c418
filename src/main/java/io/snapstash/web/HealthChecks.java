package io.snapstash.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The questions behind {@code /healthz} and {@code /readyz}. They must only look, never wait. An answer stands for a
 * moment, so that it does not matter how often somebody asks.
 */
public final class HealthChecks {
  private static final long STANDS = Duration.ofMillis(100).toNanos();

  /** Everything that was asked, and what it comes to. */
  record Answer(boolean ok, Buffer json) {}

  private record Question(String name, BooleanSupplier answer) {}

  private record Given(Answer answer, long at) {}

  /** Questions of one path. Two threads at once may ask twice; that does no harm. */
  private final class Questions {
    private final List<Question> all = new CopyOnWriteArrayList<>();
    private volatile Given last;

    Answer answer() {
      long now = nanos.getAsLong();
      Given given = last;
      if (given == null || now - given.at() >= STANDS) {
        given = new Given(ask(), now);
        last = given;
      }
      return given.answer();
    }

    private Answer ask() {
      JsonArray list = new JsonArray();
      boolean allOk = true;
      for (Question each : all) {
        boolean ok = each.answer().getAsBoolean();
        allOk &= ok;
        list.add(new JsonObject().put("name", each.name()).put("ok", ok));
      }
      return new Answer(allOk, list.toBuffer());
    }
  }

  private final LongSupplier nanos;
  private final Questions live = new Questions();
  private final Questions ready = new Questions();

  private HealthChecks(LongSupplier nanos) {
    this.nanos = nanos;
  }

  public static HealthChecks create() {
    return create(System::nanoTime);
  }

  /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
  public static HealthChecks create(LongSupplier nanos) {
    return new HealthChecks(nanos);
  }

  /** False means that only a restart helps; an API server out of reach is no such thing. */
  public HealthChecks live(String name, BooleanSupplier answer) {
    live.all.add(new Question(name, answer));
    return this;
  }

  public HealthChecks ready(String name, BooleanSupplier answer) {
    ready.all.add(new Question(name, answer));
    return this;
  }

  Answer alive() {
    return live.answer();
  }

  Answer readiness() {
    return ready.answer();
  }
}
