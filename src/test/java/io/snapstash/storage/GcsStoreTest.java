package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapstash.fixtures.GcsServer;
import io.snapstash.sandbox.storage.PrivateAuthority;
import io.snapstash.sandbox.storage.S3Server;
import io.snapstash.storage.StoreFailure.Kind;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Proxy;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Google Cloud Storage, its token service, or the network on the way to them, does to us. */
@Isolated("calls that hang would keep every story from coming to rest")
class GcsStoreTest {
  /** Long enough to fetch a token first. */
  private static final StoreLimits SHORT_ENOUGH =
      new StoreLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2), 2);

  @TempDir
  private Path folder;
  private GcsServer google;

  @BeforeEach
  void start() throws IOException {
    google = GcsServer.start().createBucket(Storages.BUCKET);
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void fetchesOneTokenForManyCalls() {
    ObjectStore store = open(google.endpoint());

    Outcomes.of(Future.join(IntStream.range(0, 30).mapToObj(i -> store.get("x-" + i)).toList()));

    assertThat(google.tokenRequests()).isEqualTo(1);
  }

  @Test
  void fetchesAnotherTokenWhenTheOldOneLostItsWorth() {
    ObjectStore store = open(google.endpoint());
    Outcomes.of(store.get("metadata.yaml"));
    google.revokeTokens();

    assertThat(Outcomes.of(store.get("metadata.yaml"))).isEmpty();
  }

  @Test
  void keepsWithinMaxConnections() {
    ObjectStore store = Storages.factory(StoreLimits.DEFAULT, Map.of(), new StoreEndpoints(google.endpoint(), ""))
        .open(Storages.NAME, Storages.gcs(gcs -> gcs.maxConnections(2L)), Optional.of(google.secret()));

    Outcomes.of(Future.join(IntStream.range(0, 50)
        .mapToObj(i -> store.put("x-" + i, new byte[10], PutCondition.always())).toList()));

    assertThat(google.mostAtOnce()).isBetween(1, 2);
  }

  @Test
  void saysWhatItStores() {
    Outcomes.of(open(google.endpoint()).put("x", new byte[1], PutCondition.always()));

    assertThat(google.contentType(Storages.BUCKET, "demo/x")).isEqualTo("application/yaml");
  }

  @Test
  void tellsAWrongKey() {
    StoreFailure failure = Outcomes.failureOf(open(google.endpoint(), google.secret(GcsServer.rsa())).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_REJECTED);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessage("Google does not accept the key of the service account: Invalid JWT Signature; "
        + "correct GOOGLE_SERVICE_ACCOUNT_JSON_KEY in the Secret");
  }

  @Test
  void tellsAKeyThatIsNone() {
    String broken = text(google.secret()).replaceAll("MII[A-Za-z0-9+/]{10}", "rubbish");

    StoreFailure failure = Outcomes.failureOf(open(google.endpoint(), secret(broken)).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_CONFIGURATION);
    assertThat(failure).hasMessageContaining("private_key").hasMessageContaining("GOOGLE_SERVICE_ACCOUNT_JSON_KEY");
    assertThat(failure.getMessage()).doesNotContain("rubbish");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
      "not-json-but-secret                          | is no JSON",
      "{'type':'external_account','secret':'x'}     | is not the key of a service account",
      "{'type':'service_account','client_email':'a'}| has no private_key"})
  void takesNothingButTheKeyOfAServiceAccount(String json, String why) {
    StoreFailure failure = catchThrowableOfType(StoreFailure.class,
        () -> open(google.endpoint(), secret(json.replace('\'', '"'))));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_CONFIGURATION);
    assertThat(failure).hasMessageContaining(why).hasMessageContaining("gcs-secret");
    assertThat(failure.getMessage()).doesNotContain("but-secret");
  }

  @Test
  void tellsAMissingBucketAndMakesNone() {
    ObjectStore store = Storages.factory(StoreLimits.DEFAULT, Map.of(), new StoreEndpoints(google.endpoint(), ""))
        .open(Storages.NAME, Storages.gcs(gcs -> gcs.bucket("absent")), Optional.of(google.secret()));

    List<StoreFailure> failures = List.of(Outcomes.failureOf(store.get("metadata.yaml")),
        Outcomes.failureOf(store.put("metadata.yaml", new byte[1], PutCondition.ifAbsent())),
        Outcomes.failureOf(store.list("")), Outcomes.failureOf(store.delete("metadata.yaml")));

    assertThat(failures).extracting(StoreFailure::kind).containsOnly(Kind.BUCKET_MISSING);
    assertThat(failures.getFirst()).hasMessageContaining("absent").hasMessageContaining("gcs.bucket");
  }

  @Test
  void tellsARefusedConnection() throws IOException {
    String nobody = ScriptedServer.nobody();

    StoreFailure failure = Outcomes.failureOf(open(nobody).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure).hasMessageContaining(nobody).hasMessageContaining("connection refused")
        .hasMessageContaining("storage.gcs.endpoint");
  }

  @Test
  void tellsARefusedConnectionToTheTokenService() throws IOException {
    String secret = text(google.secret()).replace(google.endpoint(), ScriptedServer.nobody());

    StoreFailure failure = Outcomes.failureOf(open(google.endpoint(), secret(secret)).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("token service").hasMessageContaining("connection refused");
  }

  @Test
  void tellsAnUnknownHost() {
    StoreFailure failure = Outcomes.failureOf(open("http://storage.invalid").get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("unknown host");
  }

  @Test
  void trustsNoPrivateAuthority() {
    try (S3Server secure = S3Server.start(0, Storages.ACCESS_KEY, Storages.SECRET_KEY,
        Optional.of(PrivateAuthority.create(Instant.now())))) {
      StoreFailure failure = Outcomes.failureOf(open(secure.endpoint()).get("x"));

      assertThat(failure.kind()).isEqualTo(Kind.TLS);
      assertThat(failure.retryable()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "''                                                                                          | false",
      "HTTP/1.1 200 OK~Content-Length: 100~x-goog-generation: 1~~kind: Back                        | false",
      "HTTP/1.1 200 OK~Content-Length: 100~x-goog-generation: 1~~kind: Back                        | true",
      "HTTP/1.1 20                                                                                 | true"})
  void givesUpOnAServerThatStops(String piece, boolean hangUp) throws IOException {
    try (SilentServer silent = new SilentServer(piece.replace("~", "\r\n"), hangUp)) {
      StoreFailure failure = Outcomes.failureOf(open(SHORT_ENOUGH, silent.endpoint(), google.secret()).get("x"));

      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure).hasMessageContaining(hangUp ? "was not reached" : "in time");
    }
  }

  @Test
  void leavesALongPauseThatAServerAsksForToTheCaller() throws IOException {
    try (ScriptedServer server = new ScriptedServer(503, Map.of("Retry-After", "7"), error("backendError", "busy"))) {
      StoreFailure failure = Outcomes.failureOf(open(server.endpoint()).get("x"));

      assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(failure.retryable()).isTrue();
      assertThat(failure.askedDelay()).contains(Duration.ofSeconds(7));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "429, rateLimitExceeded, THROTTLED,            2",
      "403, rateLimitExceeded, THROTTLED,            1",
      "500, backendError,      OTHER,                2",
      "403, forbidden,         NOT_ALLOWED,          1",
      "401, authError,         CREDENTIALS_REJECTED, 2",
      "400, invalid,           OTHER,                1"})
  void tellsWhatTheServerMeans(int status, String reason, Kind kind, int requests) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status, Map.of(), error(reason, "the reason. \\n 4711"))) {
      StoreFailure failure = Outcomes.failureOf(open(server.endpoint()).put("x", new byte[1], PutCondition.always()));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining(": the reason");
      assertThat(failure.getMessage()).doesNotContain("4711");
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void neverRepeatsATokenThatTheServerRepeats() throws IOException {
    try (ScriptedServer server = new ScriptedServer(400, Map.of(), error("invalid", "you sent ya29.token-0 and x"))) {
      StoreFailure failure = Outcomes.failureOf(open(server.endpoint()).get("x"));

      assertThat(server.requests().getFirst().get("Authorization")).containsExactly("Bearer ya29.token-0");
      assertThat(failure).hasMessageContaining("you sent … and x");
    }
  }

  @Test
  void usesTheCredentialsFileOfTheProcessWithoutASecret() throws IOException {
    Path file = folder.resolve("key.json");
    ObjectStore store = ambient(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()));

    StoreFailure early = Outcomes.failureOf(store.get("metadata.yaml"));
    Files.writeString(file, text(google.secret()));

    assertThat(early.kind()).isEqualTo(Kind.CREDENTIALS_UNAVAILABLE);
    assertThat(early.retryable()).isTrue();
    assertThat(early).hasMessageContaining("secretName");
    assertThat(Outcomes.of(store.get("metadata.yaml"))).isEmpty();
  }

  @Test
  void usesTheIdentityOfThePodWithoutASecret() {
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(new ToMetadata(google.address()));
    try {
      assertThat(Outcomes.of(ambient(Map.of()).get("metadata.yaml"))).isEmpty();
    } finally {
      ProxySelector.setDefault(usual);
    }
  }

  /** Plays the node that answers for the metadata server. */
  private static final class ToMetadata extends ProxySelector {
    private final InetSocketAddress address;

    ToMetadata(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(uri.getHost().equals("metadata.google.internal")
          ? new Proxy(Proxy.Type.HTTP, address) : Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress where, IOException failure) {
      // The request fails too.
    }
  }

  private ObjectStore open(String endpoint) {
    return open(endpoint, google.secret());
  }

  private ObjectStore open(String endpoint, Map<String, byte[]> secret) {
    return open(Storages.TWICE, endpoint, secret);
  }

  private static ObjectStore open(StoreLimits limits, String endpoint, Map<String, byte[]> secret) {
    return Storages.factory(limits, Map.of(), new StoreEndpoints(endpoint, ""))
        .open(Storages.NAME, Storages.gcs(gcs -> gcs), Optional.of(secret));
  }

  private ObjectStore ambient(Map<String, String> environment) {
    return Storages.factory(StoreLimits.DEFAULT, environment, new StoreEndpoints(google.endpoint(), ""))
        .open(Storages.NAME, Storages.gcs(gcs -> gcs.secretName(null)), Optional.empty());
  }

  private static String error(String reason, String message) {
    return "{\"error\":{\"message\":\"" + message + "\",\"errors\":[{\"reason\":\"" + reason + "\"}]}}";
  }

  private static String text(Map<String, byte[]> secret) {
    return new String(secret.get("GOOGLE_SERVICE_ACCOUNT_JSON_KEY"), StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> secret(String json) {
    return Map.of("GOOGLE_SERVICE_ACCOUNT_JSON_KEY", json.getBytes(StandardCharsets.UTF_8));
  }
}
