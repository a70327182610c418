package io.snapstash.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WebVerticleTest {
  private final AtomicBoolean synced = new AtomicBoolean();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private WebVerticle web;

  @BeforeEach
  void serve(Vertx vertx) {
    web = new WebVerticle("127.0.0.1", 0, HealthChecks.create(clock::get).live("process", () -> {
      asked.incrementAndGet();
      return true;
    }).ready("caches", synced::get));
    vertx.deployVerticle(web).toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void isReadyOnlyWhenTheCachesAre() throws IOException, InterruptedException {
    assertThat(get("/readyz").statusCode()).isEqualTo(503);

    synced.set(true);
    clock.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body()).isEqualTo("[{\"name\":\"caches\",\"ok\":true}]");
  }

  @Test
  void livesWhetherReadyOrNot() throws IOException, InterruptedException {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerStandsForAMomentHoweverManyAsk() throws IOException, InterruptedException {
    for (int at = 0; at < 20; at++) {
      get("/healthz");
    }
    assertThat(asked).hasValue(1);

    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    get("/healthz");
    assertThat(asked).hasValue(2);
  }

  @Test
  void answersAPathItDoesNotKnow() throws IOException, InterruptedException {
    assertThat(get("/secret").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
