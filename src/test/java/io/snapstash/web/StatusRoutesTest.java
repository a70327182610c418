package io.snapstash.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.AnInventory;
import io.snapstash.picture.Fates;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's data over HTTP, from an inventory that the test changes. */
@ExtendWith(VertxExtension.class)
class StatusRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");

  private final AnInventory inventory = new AnInventory().configuration("web", "0 * * * *").storage("s3");
  private final Pictures pictures = new Pictures();
  private final AtomicInteger reviews = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private boolean trustsLoopback = true;
  private WebVerticle web;
  private Vertx vertx;

  private final class Pictures implements PictureSource {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Inventory present = inventory.build();
    private volatile boolean ready = true;

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public Picture picture(String namespace) {
      Inventory all = present;
      return new PictureMaker(Fates.UNKNOWN).make(namespace.isEmpty() ? all : all.within(namespace), NOW);
    }

    @Override
    public void onChange(Runnable listener) {
      listeners.add(listener);
    }

    void changed() {
      present = inventory.build();
      listeners.forEach(Runnable::run);
    }
  }

  /** Token {@code all} may look everywhere, {@code demo} in that namespace, {@code nothing} nowhere. */
  private final Reviewer reviewer = new Reviewer() {
    @Override
    public Future<Optional<User>> authenticate(String token) {
      reviews.incrementAndGet();
      return switch (token) {
        case "broken" -> Future.failedFuture("no API server");
        case "all", "demo", "nothing" -> Future.succeededFuture(Optional.of(new User(token, "", List.of())));
        default -> Future.succeededFuture(Optional.empty());
      };
    }

    @Override
    public Future<Boolean> mayLook(User user, String namespace) {
      return Future.succeededFuture(user.name().equals("all") || user.name().equals(namespace));
    }
  };

  @BeforeEach
  void remember(Vertx vertx) {
    this.vertx = vertx;
    serve();
  }

  private void serve() {
    web = new WebVerticle("127.0.0.1", 0, HealthChecks.create(), Optional.of(new WebVerticle.Show(pictures,
        new Access(reviewer, trustsLoopback, () -> NOW), (accept, out) -> {
          out.write("m 1\n".getBytes(StandardCharsets.UTF_8));
          return "text/plain";
        })));
    vertx.deployVerticle(web).toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The next event as its lines. */
  private static List<String> event(BufferedReader stream) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (lines.stream().anyMatch(each -> each.startsWith("data:"))) {
        return lines;
      } else {
        lines.clear();
      }
    }
    throw new IOException("the stream has ended");
  }

  private BufferedReader stream(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static String id(List<String> event) {
    return event.stream().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow().substring(4);
  }

  @Test
  void whoeverComesThroughAPortForwardSeesTheStatus() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/status");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"schema\":1,").contains("demo/PersistentVolumeClaim/web")
        .doesNotContain("the-secret");
  }

  @Test
  void aNameOfSomebodyElseForThisAddressIsNotEnough() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", web.port())) {
      socket.getOutputStream().write("GET /api/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 401").doesNotContain("PersistentVolumeClaim");
    }
  }

  @Test
  void aProxyInThePodSpeaksForSomebodyElse() throws IOException, InterruptedException {
    assertThat(get("/api/status", "X-Forwarded-For", "10.1.2.3").statusCode()).isEqualTo(401);
    assertThat(get("/", "X-Forwarded-For", "10.1.2.3").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenSeesWhatItsRightsReach() throws IOException, InterruptedException {
    trustsLoopback = false;
    serve();

    assertThat(get("/api/status").statusCode()).isEqualTo(401);
    assertThat(get("/api/status", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(get("/api/status", "Authorization", "Bearer nothing").statusCode()).isEqualTo(403);
    assertThat(get("/api/status", "Authorization", "Bearer demo").statusCode()).isEqualTo(403);
    assertThat(get("/api/status?namespace=demo", "Authorization", "Bearer demo").statusCode()).isEqualTo(200);
    assertThat(get("/api/status?namespace=other", "Authorization", "Bearer demo").statusCode()).isEqualTo(403);
    assertThat(get("/api/status", "Authorization", "Bearer broken").statusCode()).isEqualTo(503);
    assertThat(get("/api/status?namespace=..%2Fx", "Authorization", "Bearer all").statusCode()).isEqualTo(400);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).isEqualTo("m 1\n");
  }

  @Test
  void theApiServerIsAskedOnceForAWhile() throws IOException, InterruptedException {
    trustsLoopback = false;
    serve();

    for (int at = 0; at < 5; at++) {
      get("/api/status", "Authorization", "Bearer all");
    }

    assertThat(reviews).hasValue(1);
  }

  @Test
  void aChangeReachesTheStream() throws IOException, InterruptedException {
    try (BufferedReader stream = stream("/api/events")) {
      assertThat(event(stream)).anyMatch(line -> line.equals("event: picture"));

      inventory.run("web", "web-1", "Running", "2026-03-02T12:29:00Z");
      pictures.changed();

      assertThat(event(stream)).anyMatch(line -> line.equals("event: change"))
          .anyMatch(line -> line.startsWith("data: {") && line.contains("BackupSession/demo/web-1"));
    }
  }

  @Test
  void whoComesBackGetsWhatItMissed() throws IOException, InterruptedException {
    try (BufferedReader first = stream("/api/events"); BufferedReader second = stream("/api/events")) {
      String last = id(event(first));
      event(second);
      inventory.run("web", "web-1", "Running", "2026-03-02T12:29:00Z");
      pictures.changed();
      event(second);

      try (BufferedReader again = stream("/api/events", "Last-Event-ID", last)) {
        assertThat(event(again)).contains("event: change");
      }
    }
  }

  @Test
  void whoWasAwayTooLongGetsAFreshPicture() throws IOException, InterruptedException {
    try (BufferedReader stream = stream("/api/events?lastEventId=another-process-7")) {
      assertThat(event(stream)).contains("event: picture");
    }
  }

  @Test
  void theStreamOfANamespaceTellsNothingOfOthers() throws IOException, InterruptedException {
    try (BufferedReader stream = stream("/api/events?namespace=elsewhere")) {
      assertThat(String.join("", event(stream))).doesNotContain("demo");
    }
  }

  @Test
  void aClientThatTakesNothingHoldsUpNobody() throws IOException, InterruptedException {
    try (Socket deaf = new Socket("127.0.0.1", web.port()); BufferedReader stream = stream("/api/events")) {
      deaf.setReceiveBufferSize(1024);
      deaf.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      event(stream);
      for (int at = 0; at < 30; at++) {
        inventory.run("web", "web-" + at, "Running", "2026-03-02T12:29:00Z");
        pictures.changed();
        event(stream);
      }
    }
  }

  @Test
  void untilEverythingHasBeenReadThereIsNoPicture() throws IOException, InterruptedException {
    pictures.ready = false;

    assertThat(get("/api/status").statusCode()).isEqualTo(503);
    assertThat(get("/api/events").statusCode()).isEqualTo(503);
  }

  @Test
  void thePageIsSmallAndAllowsNoForeignScript() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(Page.POLICY);
    assertThat(Page.POLICY).doesNotContain("unsafe", "http");
    assertThat(Page.FILES.stream().mapToInt(name -> Page.read(name).length()).sum()).isLessThan(150_000);
    assertThat(page.body()).doesNotContain("onclick", "style=", "https://");
    String tag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void bothVersionsOfHttpAreSpoken() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/api/status"));

    for (HttpClient.Version version : HttpClient.Version.values()) {
      try (HttpClient fresh = HttpClient.newHttpClient()) {
        HttpRequest asked = request.version(version).build();
        assertThat(fresh.send(asked, HttpResponse.BodyHandlers.ofString()).body()).startsWith("{\"schema\":1,");
      }
    }
  }

  @Test
  void nothingCanBeChangedHere() throws IOException, InterruptedException {
    HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/api/status"))
        .POST(HttpRequest.BodyPublishers.noBody()).build();

    assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(405);
  }
}
