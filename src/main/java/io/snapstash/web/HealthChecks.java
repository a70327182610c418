package io.snapstash.web;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The questions behind {@code /healthz} and {@code /readyz}. They are asked at every probe, so they must only look,
 * never wait.
 */
public final class HealthChecks {
  /** One question and its answer at this moment. */
  public record Check(String name, boolean ok) {}

  private record Question(String name, BooleanSupplier answer) {
    Check ask() {
      return new Check(name, answer.getAsBoolean());
    }
  }

  private final List<Question> live = new CopyOnWriteArrayList<>();
  private final List<Question> ready = new CopyOnWriteArrayList<>();

  private HealthChecks() {}

  public static HealthChecks create() {
    return new HealthChecks();
  }

  /** False means that only a restart helps; an API server out of reach is no such thing. */
  public HealthChecks live(String name, BooleanSupplier answer) {
    live.add(new Question(name, answer));
    return this;
  }

  public HealthChecks ready(String name, BooleanSupplier answer) {
    ready.add(new Question(name, answer));
    return this;
  }

  List<Check> alive() {
    return live.stream().map(Question::ask).toList();
  }

  List<Check> readiness() {
    return ready.stream().map(Question::ask).toList();
  }
}
