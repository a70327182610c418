package io.snapstash.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.web.HealthChecks;
import io.snapstash.web.WebVerticle;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each check made to fail, as the kubelet would hear of it. */
@ExtendWith(VertxExtension.class)
class OperatorHealthTest {
  private final AtomicLong clock = new AtomicLong();
  private final LoopBeat beat = new LoopBeat(clock::get);
  private final AtomicBoolean watchStopped = new AtomicBoolean();
  private final AtomicReference<Duration> longestPass = new AtomicReference<>(Duration.ofMinutes(29));
  private final AtomicBoolean inSync = new AtomicBoolean(true);
  private final AtomicBoolean certified = new AtomicBoolean(true);
  private final AtomicBoolean running = new AtomicBoolean(true);
  private WebVerticle web;

  @BeforeEach
  void serve(Vertx vertx) {
    web = new WebVerticle("127.0.0.1", 0, OperatorHealth.add(
        HealthChecks.create(clock::get).ready("running", running::get), new OperatorHealth.Signs(beat::turns,
            watchStopped::get, longestPass::get, inSync::get, certified::get)));
    vertx.deployVerticle(web).toCompletionStage().toCompletableFuture().join();
  }

  private String answer(String path) throws IOException, InterruptedException {
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(HttpRequest.newBuilder(
          URI.create("http://127.0.0.1:" + web.port() + path)).build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  @Test
  void allIsWell() throws IOException, InterruptedException {
    assertThat(answer("/healthz")).isEqualTo("200 [{\"name\":\"event-loop\",\"ok\":true},"
        + "{\"name\":\"watches\",\"ok\":true},{\"name\":\"passes\",\"ok\":true}]");
    assertThat(answer("/readyz")).isEqualTo("200 [{\"name\":\"running\",\"ok\":true},"
        + "{\"name\":\"caches\",\"ok\":true},{\"name\":\"webhooks\",\"ok\":true}]");
  }

  @Test
  void aStuckEventLoopIsToldByTheOtherOne() throws IOException, InterruptedException {
    Vertx operators = Vertx.vertx();
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch freed = new CountDownLatch(1);
    beat.on(operators, _ -> {
      stuck.countDown();
      try {
        freed.await();
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    });
    stuck.await();
    assertThat(answer("/healthz")).startsWith("200");

    clock.addAndGet(Duration.ofSeconds(30).toNanos());

    assertThat(answer("/healthz")).startsWith("503").contains("{\"name\":\"event-loop\",\"ok\":false}");
    freed.countDown();
    operators.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aWatchThatStoppedForGoodWantsARestart() throws IOException, InterruptedException {
    watchStopped.set(true);

    assertThat(answer("/healthz")).startsWith("503").contains("{\"name\":\"watches\",\"ok\":false}");
  }

  @Test
  void aPassBeyondItsDeadlineWantsARestart() throws IOException, InterruptedException {
    longestPass.set(Duration.ofMinutes(30));

    assertThat(answer("/healthz")).startsWith("503").contains("{\"name\":\"passes\",\"ok\":false}");
  }

  @Test
  void notInSyncWithoutCertificateOrOnItsWayOutItIsNotReadyAndYetAlive() throws IOException, InterruptedException {
    inSync.set(false);
    assertThat(answer("/readyz")).startsWith("503").contains("{\"name\":\"caches\",\"ok\":false}");
    inSync.set(true);
    certified.set(false);
    assertThat(answer("/readyz")).startsWith("503").contains("{\"name\":\"webhooks\",\"ok\":false}");
    certified.set(true);
    running.set(false);
    assertThat(answer("/readyz")).startsWith("503").contains("{\"name\":\"running\",\"ok\":false}");

    assertThat(answer("/healthz")).startsWith("200");
  }
}
