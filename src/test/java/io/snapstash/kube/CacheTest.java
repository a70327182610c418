package io.snapstash.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.snapstash.api.Json;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.SystemTime;
import io.snapstash.engine.Telemetry;
import io.snapstash.engine.Time;
import io.snapstash.sandbox.ManualTime;
import io.snapstash.sandbox.apiserver.ApiServer;
import io.snapstash.sandbox.apiserver.ApiServerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheTest {
  private static final ResourceKey ACCOUNT = new ResourceKey("default", "a");

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<ServiceAccount> gone = new CompletableFuture<>();
  private ApiServer server;
  private KubeClient client;
  private Cache<ServiceAccount> cache;

  @BeforeEach
  void start() {
    server = await(ApiServer.start(vertx, ApiServerOptions.standard()));
    Config connection = new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
    client = KubeClient.create(connection, new OkHttpClientFactory(), 10, Duration.ofSeconds(10));
    cache = cache(client, thread, new SystemTime());
    cache.onChange((before, after) -> before.filter(_ -> after.isEmpty()).ifPresent(gone::complete));
    await(cache.start());
  }

  @AfterEach
  void stop() throws Exception {
    cache.close();
    thread.submit(() -> { }).get(10, TimeUnit.SECONDS);
    client.close();
    await(server.close());
    await(vertx.close());
    thread.shutdownNow();
  }

  @Test
  void knowsAnOwnWriteAtOnce() throws Exception {
    ServiceAccount written = created();

    cache.observe(written);

    assertThat(cache.get(ACCOUNT)).isPresent();
  }

  @Test
  void doesNotBringBackAnObjectWhoseLastAnswerComesAfterTheNewsOfItsEnd() throws Exception {
    cache.observe(created());
    await(client.delete(ResourceTypes.SERVICE_ACCOUNTS, ACCOUNT, DeleteOptions.BACKGROUND));
    ServiceAccount lastAnswer = await(client.patch(ResourceTypes.SERVICE_ACCOUNTS, ACCOUNT,
        Json.MAPPER.readTree("{\"metadata\":{\"finalizers\":null}}")));
    gone.get(10, TimeUnit.SECONDS);

    cache.observe(lastAnswer);

    assertThat(cache.get(ACCOUNT)).isEqualTo(Optional.empty());
  }

  @Test
  void aWatchThatIsNeitherRenewedNorTriedAgainHasStoppedForGood() {
    ManualTime time = new ManualTime(Instant.parse("2026-03-02T12:00:00Z"));
    AtomicReference<Executor> threads = new AtomicReference<>(thread);
    Cache<ServiceAccount> followed = cache(client, action -> threads.get().execute(action), time);
    await(followed.start());
    await(thread.submit(() -> { }));
    time.advance(Duration.ofMinutes(3));
    assertThat(followed.hasStopped()).isFalse();

    threads.set(_ -> { });
    time.advance(Duration.ofMinutes(21));

    assertThat(followed.hasStopped()).isTrue();
    followed.close();
    assertThat(followed.hasStopped()).as("what was closed has not stopped by itself").isFalse();
  }

  @Test
  void anApiServerOutOfReachIsNoEnd() throws InterruptedException {
    ManualTime time = new ManualTime(Instant.parse("2026-03-02T12:00:00Z"));
    BlockingQueue<Boolean> attempts = new LinkedBlockingQueue<>();
    Config nowhere = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1").build();
    try (KubeClient lost = KubeClient.create(nowhere, new OkHttpClientFactory(), 10, Duration.ofSeconds(10),
        new Telemetry() {
          @Override
          public void watchRestart(String kind) {
            attempts.add(true);
          }
        }, Optional.empty())) {
      Cache<ServiceAccount> followed = cache(lost, thread, time);
      followed.start();
      for (int at = 0; at < 3; at++) {
        assertThat(attempts.poll(10, TimeUnit.SECONDS)).as("another attempt").isTrue();
        await(thread.submit(() -> { }));
        time.advance(Duration.ofMinutes(19));
        assertThat(followed.hasStopped()).isFalse();
      }
      followed.close();
    }
  }

  private static Cache<ServiceAccount> cache(KubeClient client, Executor executor, Time time) {
    return new Cache<>(client, ResourceTypes.SERVICE_ACCOUNTS, Selection.EVERYTHING, executor, time,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), () -> 0));
  }

  private ServiceAccount created() throws Exception {
    return await(client.create(ResourceTypes.SERVICE_ACCOUNTS, "default", Json.MAPPER.readTree(
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"a\",\"finalizers\":[\"x.io/y\"]}}")));
  }

  private static void await(java.util.concurrent.Future<?> done) {
    try {
      done.get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
