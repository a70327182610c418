package io.snapstash.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.AnInventory;
import io.snapstash.picture.Fates;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand who look at once; one of them is slow, and one is dead. */
@ExtendWith(VertxExtension.class)
class ManyListenersTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
  private static final int MANY = 1000;
  private static final int APPLICATIONS = 100;
  private static final int CHANGES = 5;
  private static final String LAST = "web-99-" + (CHANGES - 1);

  private final AnInventory inventory = new AnInventory();
  private final Pictures pictures = new Pictures();
  private Vertx vertx;
  private WebVerticle web;

  private final class Pictures implements PictureSource {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private volatile Picture present;

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public Picture picture(String namespace) {
      try {
        slow.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return present;
    }

    @Override
    public void onChange(Runnable listener) {
      listeners.add(listener);
    }

    void changed() {
      present = new PictureMaker(Fates.UNKNOWN).make(inventory.build(), NOW);
      listeners.forEach(Runnable::run);
    }
  }

  @BeforeEach
  void serve(Vertx vertx) {
    this.vertx = vertx;
    IntStream.range(0, APPLICATIONS).forEach(at -> inventory.configuration("web-" + at, "0 * * * *"));
    pictures.changed();
    Access access = new Access(new Reviewer() {
      @Override
      public Future<Optional<User>> authenticate(String token) {
        return Future.succeededFuture(Optional.empty());
      }

      @Override
      public Future<Boolean> mayLook(User user, String namespace) {
        return Future.succeededFuture(false);
      }
    }, true, () -> NOW);
    web = new WebVerticle("127.0.0.1", 0, HealthChecks.create(), Optional.of(new WebVerticle.Show(pictures, access,
        (_, _) -> "")));
    await(vertx.deployVerticle(web));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (Exception late) {
      throw new AssertionError(late);
    }
  }

  /** Completes, once the answer has begun, with a future that completes when the text has come. */
  private Future<Promise<Void>> listen(HttpClient client, String text) {
    return client.request(HttpMethod.GET, "/api/events").compose(request -> request.send())
        .map(answer -> arrival(answer, text));
  }

  private static Promise<Void> arrival(HttpClientResponse answer, String text) {
    Promise<Void> arrived = Promise.promise();
    StringBuilder tail = new StringBuilder();
    answer.handler((Buffer data) -> {
      tail.append(data.toString(StandardCharsets.UTF_8));
      if (tail.indexOf(text) >= 0) {
        arrived.tryComplete();
      }
      tail.delete(0, Math.max(0, tail.length() - text.length()));
    });
    return arrived;
  }

  private Socket dead() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1024);
    socket.connect(new InetSocketAddress("127.0.0.1", web.port()));
    socket.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
        .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private void change(int number) {
    IntStream.range(0, APPLICATIONS).forEach(at ->
        inventory.run("web-" + at, "web-" + at + "-" + number, "Failed", "2026-03-02T12:00:%02dZ".formatted(number)));
    pictures.changed();
    await(web.listeners());
  }

  @Test
  void whoeverComesWhileTheFirstPictureIsBeingMadeGetsIt() {
    pictures.slow = new CountDownLatch(1);
    StatusBoard board = new StatusBoard(vertx, pictures, "", "epoch");
    Promise<List<Future<Buffer>>> asked = Promise.promise();
    vertx.runOnContext(_ -> asked.complete(List.of(board.current(), board.current())));
    List<Future<Buffer>> answers = await(asked.future());
    pictures.slow.countDown();

    assertThat(await(answers.getLast())).isEqualTo(await(answers.getFirst()));
  }

  @Test
  void nobodyIsHeldUpByOneThatIsSlowOrDeadAndTheDeadOneIsCutOff() throws IOException {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MANY + 1)
        .setDefaultHost("127.0.0.1").setDefaultPort(web.port()));
    List<Promise<Void>> arrivals = await(Future.all(IntStream.range(0, MANY)
        .mapToObj(_ -> listen(client, LAST)).toList())).list();
    HttpClientResponse slow = await(client.request(HttpMethod.GET, "/api/events").compose(request -> request.send()));
    Promise<Void> late = arrival(slow, LAST);
    slow.pause();
    try (Socket dead = dead()) {
      IntStream.range(0, CHANGES).forEach(this::change);

      await(Future.all(arrivals.stream().map(Promise::future).toList()));
      assertThat(await(web.listeners())).isEqualTo(MANY + 2);
      assertThat(late.future().isComplete()).isFalse();
      slow.resume();
      await(late.future());

      IntStream.range(0, 3).forEach(_ -> web.beat());
      assertThat(await(web.listeners())).as("all but the dead one").isEqualTo(MANY + 1);
    }
    await(client.close());
  }
}
