package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.sandbox.storage.PrivateAuthority;
import io.snapstash.sandbox.storage.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What an S3 service, or the network on the way to it, does to us. */
@Isolated("calls that hang would keep every story from coming to rest")
class S3StoreTest {
  private static final PrivateAuthority AUTHORITY = PrivateAuthority.create(Instant.now());
  private static S3Server plain;
  private static S3Server secure;

  @BeforeAll
  static void start() {
    plain = S3Server.start(Storages.ACCESS_KEY, Storages.SECRET_KEY).createBucket(Storages.BUCKET);
    secure = S3Server.start(0, Storages.ACCESS_KEY, Storages.SECRET_KEY, Optional.of(AUTHORITY))
        .createBucket(Storages.BUCKET);
  }

  @AfterAll
  static void stop() {
    plain.close();
    secure.close();
  }

  @Test
  void trustsTheAuthorityOfTheSecret() {
    ObjectStore store = open(secure.endpoint(), "CA_CERT_DATA", secure.authorityPem().orElseThrow());

    writesAndReads(store);
  }

  @Test
  void trustsNoOtherAuthority() {
    String other = PrivateAuthority.create(Instant.now()).pem();

    StoreFailure failure = Outcomes.failureOf(open(secure.endpoint(), "CA_CERT_DATA", other).get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.TLS);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessageContaining(secure.endpoint()).hasMessageContaining("CA_CERT_DATA");
  }

  @Test
  void trustsAPrivateAuthorityOnlyWhenTold() {
    assertThat(Outcomes.failureOf(open(secure.endpoint()).get("metadata.yaml")).kind())
        .isEqualTo(StoreFailure.Kind.TLS);
  }

  @Test
  void refusesAnExpiredCertificate() {
    PrivateAuthority old = PrivateAuthority.create(Instant.now().minus(Duration.ofDays(365)));
    try (S3Server expired = S3Server.start(0, Storages.ACCESS_KEY, Storages.SECRET_KEY, Optional.of(old))) {
      StoreFailure failure =
          Outcomes.failureOf(open(expired.endpoint(), "CA_CERT_DATA", old.pem()).get("metadata.yaml"));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.TLS);
    }
  }

  @Test
  void refusedPutsLeaveTheConnectionsInOrder() {
    ObjectStore open = open(plain.endpoint());
    ObjectStore overTls = open(secure.endpoint(), "CA_CERT_DATA", secure.authorityPem().orElseThrow());

    for (int round = 0; round < 50; round++) {
      for (ObjectStore store : List.of(open, overTls)) {
        assertThat(Outcomes.failureOf(store.put("missing.yaml", new byte[5000], PutCondition.ifMatch("\"1\""))).kind())
            .isEqualTo(StoreFailure.Kind.PRECONDITION_FAILED);
        Outcomes.of(store.put("present.yaml", new byte[5000], PutCondition.always()));
      }
    }
  }

  @Test
  void skipsVerificationWhenToldTo() {
    BackupStorageSpec spec = Storages.s3(secure.endpoint(), s3 -> s3.insecureTLS(true));

    writesAndReads(Storages.open(StoreLimits.DEFAULT, spec, Storages.secret()));
  }

  private static void writesAndReads(ObjectStore store) {
    byte[] content = "a: b\n".getBytes(StandardCharsets.UTF_8);

    Outcomes.of(store.put("file.yaml", content, PutCondition.always()));

    assertThat(Outcomes.of(store.get("file.yaml")).orElseThrow().content()).isEqualTo(content);
  }

  @Test
  void tellsAWrongKey() {
    StoreFailure failure = Outcomes.failureOf(
        open(plain.endpoint(), "AWS_SECRET_ACCESS_KEY", "not-the-secret").get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.CREDENTIALS_REJECTED);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    assertThat(failure.getMessage()).doesNotContain("not-the-secret").doesNotContain(Storages.ACCESS_KEY);
  }

  @Test
  void tellsAnUnknownKey() {
    StoreFailure failure = Outcomes.failureOf(
        open(plain.endpoint(), "AWS_ACCESS_KEY_ID", "nobody-knows").get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.CREDENTIALS_REJECTED);
  }

  @Test
  void tellsAMissingBucketAndMakesNone() {
    ObjectStore store = Storages.open(StoreLimits.DEFAULT, Storages.s3(plain.endpoint(), s3 -> s3.bucket("absent")),
        Storages.secret());

    StoreFailure read = Outcomes.failureOf(store.get("metadata.yaml"));
    StoreFailure written = Outcomes.failureOf(store.put("metadata.yaml", new byte[1], PutCondition.ifAbsent()));
    StoreFailure listed = Outcomes.failureOf(store.list(""));

    assertThat(List.of(read.kind(), written.kind(), listed.kind()))
        .containsOnly(StoreFailure.Kind.BUCKET_MISSING);
    assertThat(read).hasMessageContaining("absent").hasMessageContaining("s3.bucket");
  }

  @Test
  void tellsARefusedConnection() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    StoreFailure failure = Outcomes.failureOf(open("http://127.0.0.1:" + port).get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNREACHABLE);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure).hasMessageContaining("http://127.0.0.1:" + port).hasMessageContaining("refused");
  }

  @Test
  void tellsAnUnknownHost() {
    StoreFailure failure = Outcomes.failureOf(open("http://no-such-host.invalid:9000").get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws IOException {
    try (SilentServer silent = new SilentServer("")) {
      StoreFailure failure = Outcomes.failureOf(open(silent.endpoint()).get("metadata.yaml"));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNREACHABLE);
      assertThat(failure).hasMessageContaining("in time");
    }
  }

  @Test
  void givesUpOnAServerThatStopsInTheMiddle() throws IOException {
    try (SilentServer silent = new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"1\"\r\n\r\nkind: Back")) {
      assertThat(Outcomes.failureOf(open(silent.endpoint()).get("metadata.yaml")).kind())
          .isEqualTo(StoreFailure.Kind.UNREACHABLE);
    }
  }

  @Test
  void tellsABrokenConnection() throws IOException {
    try (SilentServer hanging = new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"1\"\r\n\r\nkind: Back", true)) {
      assertThat(Outcomes.failureOf(open(hanging.endpoint()).get("metadata.yaml")).kind())
          .isEqualTo(StoreFailure.Kind.UNREACHABLE);
    }
  }

  @Test
  void leavesALongPauseThatAServerAsksForToTheCaller() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = answering(503, "SlowDown", "Please reduce your request rate.", requests);

    StoreFailure failure = Outcomes.failureOf(open("http://127.0.0.1:" + server.getAddress().getPort()).get("x"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.THROTTLED);
    assertThat(failure.askedDelay()).contains(Duration.ofSeconds(7));
    assertThat(requests).hasValue(1);
    server.stop(0);
  }

  @Test
  void asksAgainAfterAnErrorOfTheServer() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server = answering(500, "InternalError", "We encountered an internal error.", requests);

    StoreFailure failure = Outcomes.failureOf(open("http://127.0.0.1:" + server.getAddress().getPort()).get("x"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.OTHER);
    assertThat(failure.retryable()).isTrue();
    assertThat(requests).hasValue(Storages.IMPATIENT.attempts());
    server.stop(0);
  }

  @Test
  void tellsWhatIsNotAllowed() throws IOException {
    HttpServer server = answering(403, "AccessDenied", "Access Denied.", new AtomicInteger());

    StoreFailure failure = Outcomes.failureOf(open("http://127.0.0.1:" + server.getAddress().getPort()).get("x"));

    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("s3:PutObject");
    server.stop(0);
  }

  @Test
  void neverRepeatsASecretThatTheServerRepeats() throws IOException {
    HttpServer server = answering(400, "InvalidRequest", "you sent " + Storages.SECRET_KEY, new AtomicInteger());

    StoreFailure failure = Outcomes.failureOf(open("http://127.0.0.1:" + server.getAddress().getPort()).get("x"));

    assertThat(failure).hasMessageContaining("you sent …");
    server.stop(0);
  }

  @Test
  void looksFirstWhereAServerKnowsNoConditions() throws IOException {
    List<String> puts = new CopyOnWriteArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      boolean put = exchange.getRequestMethod().equals("PUT");
      boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
      if (put) {
        puts.add(conditional ? "conditional" : "plain");
      }
      exchange.getResponseHeaders().add("ETag", "\"1\"");
      answer(exchange, put ? conditional ? 501 : 200 : 404, put ? "NotImplemented" : "NoSuchKey", "");
    });
    server.start();

    Outcomes.of(open("http://127.0.0.1:" + server.getAddress().getPort())
        .put("x", new byte[1], PutCondition.ifAbsent()));

    assertThat(puts.getLast()).isEqualTo("plain");
    server.stop(0);
  }

  @Test
  void speaksAsTheStoredFilesNeed() throws IOException {
    List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/backups/demo/x", exchange -> {
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("ETag", "\"1\"");
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();

    Outcomes.of(open("http://127.0.0.1:" + server.getAddress().getPort(), "AWS_SESSION_TOKEN", "the-token")
        .put("x", new byte[1], PutCondition.always()));

    assertThat(headers.getFirst()).containsEntry("Content-type", List.of("application/yaml"))
        .containsEntry("X-amz-security-token", List.of("the-token"));
    assertThat(headers.getFirst().keySet()).noneMatch(name -> name.toLowerCase().contains("checksum"));
    assertThat(headers.getFirst().get("Authorization").getFirst()).contains("/us-east-1/s3/");
    server.stop(0);
  }

  private static ObjectStore open(String endpoint, String... secret) {
    StoreLimits limits = endpoint.equals(plain.endpoint()) || endpoint.equals(secure.endpoint())
        ? StoreLimits.DEFAULT : Storages.IMPATIENT;
    return Storages.open(limits, Storages.s3(endpoint, s3 -> s3), Storages.secret(secret));
  }

  private static HttpServer answering(int status, String code, String message, AtomicInteger requests)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      requests.incrementAndGet();
      answer(exchange, status, code, message);
    });
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")
        .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    if (status == 503) {
      exchange.getResponseHeaders().add("Retry-After", "7");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
