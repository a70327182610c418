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
import io.snapstash.sandbox.apiserver.ApiServer;
import io.snapstash.sandbox.apiserver.ApiServerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
    SystemTime time = new SystemTime();
    cache = new Cache<>(client, ResourceTypes.SERVICE_ACCOUNTS, Selection.EVERYTHING, thread, time,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), () -> 0));
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

  private ServiceAccount created() throws Exception {
    return await(client.create(ResourceTypes.SERVICE_ACCOUNTS, "default", Json.MAPPER.readTree(
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"a\",\"finalizers\":[\"x.io/y\"]}}")));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
