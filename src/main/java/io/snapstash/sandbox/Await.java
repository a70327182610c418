package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** Waits, by a watch, until objects are as wanted, refuse to become so, or time is up. */
final class Await {
  /** How far it has come; the texts are for people. */
  sealed interface Progress<R> {
    record Reached<R>(R result) implements Progress<R> {}

    record Waiting<R>(String what) implements Progress<R> {}

    record Hopeless<R>(String why) implements Progress<R> {}
  }

  private final Vertx vertx;
  private final KubeClient client;
  private final Time time;

  Await(Vertx vertx, KubeClient client, Time time) {
    this.vertx = vertx;
    this.client = client;
    this.time = time;
  }

  /** Fails with an {@link Unfulfilled} that says what was missing. */
  <T extends HasMetadata, R> Future<R> until(ResourceType<T> type, Selection selection, Duration limit,
      Function<Collection<T>, Progress<R>> judge) {
    Context context = vertx.getOrCreateContext();
    Promise<R> verdict = Promise.promise();
    Cache<T> cache = new Cache<>(client, type, selection, context, time,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 0));
    Runnable look = () -> {
      switch (judge.apply(cache.all())) {
        case Progress.Reached<R>(R result) -> verdict.tryComplete(result);
        case Progress.Hopeless<R>(String why) -> verdict.tryFail(new Unfulfilled(why));
        case Progress.Waiting<R>(String _) -> { }
      }
    };
    cache.onChange((_, _) -> look.run());
    Cancellable timer = time.schedule(limit, () -> context.runOnContext(_ -> verdict.tryFail(
        new Unfulfilled(reasonOf(judge.apply(cache.all())) + " (waited " + limit.toSeconds() + " s)"))));
    cache.start().onSuccess(_ -> context.runOnContext(_ -> look.run()));
    return verdict.future().onComplete(_ -> {
      timer.cancel();
      cache.close();
    });
  }

  private static String reasonOf(Progress<?> progress) {
    return switch (progress) {
      case Progress.Reached<?> _ -> "too late";
      case Progress.Waiting<?>(String what) -> what;
      case Progress.Hopeless<?>(String why) -> why;
    };
  }

  static JsonNode tree(HasMetadata object) {
    return Json.MAPPER.valueToTree(object);
  }

  static String phase(HasMetadata object) {
    return tree(object).at("/status/phase").asText("none");
  }

  /** Phase and whatever conditions and errors say about a failure, in one line. */
  static String describe(HasMetadata object) {
    StringBuilder text = new StringBuilder(object.getKind()).append(' ').append(object.getMetadata().getName())
        .append(" is ").append(phase(object));
    for (JsonNode condition : tree(object).at("/status/conditions")) {
      if (condition.path("status").asText().equals("False")) {
        text.append("; ").append(condition.path("reason").asText()).append(": ")
            .append(condition.path("message").asText());
      }
    }
    tree(object).at("/status/components").properties().stream()
        .filter(entry -> entry.getValue().hasNonNull("error"))
        .forEach(entry -> text.append("; ").append(entry.getKey()).append(": ")
            .append(entry.getValue().path("error").asText()));
    return text.toString();
  }

  static <T extends HasMetadata> Optional<T> newest(Collection<T> objects) {
    return objects.stream().max(Comparator.comparing((T object) ->
        object.getMetadata().getCreationTimestamp()).thenComparing(object -> object.getMetadata().getName()));
  }

  /** What was waited for did not come. */
  static final class Unfulfilled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfulfilled(String message) {
      super(message, null, false, false);
    }
  }
}
