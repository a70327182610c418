package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.snapstash.fixtures.Azurite;
import io.snapstash.storage.StoreFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Azure's blob service, its token service, or the network on the way to them, does to us. */
@Isolated("calls that hang would keep every story from coming to rest")
class AzureStoreTest {
  private static final Map<String, byte[]> SECRET = key("the key of somebody else");

  @TempDir
  private Path folder;

  @Test
  void writesAndReads() {
    ObjectStore store = open(azurite().endpoint(), azurite().secret());

    Outcomes.of(store.put("written.yaml", "a: b\n".getBytes(StandardCharsets.UTF_8), PutCondition.always()));

    assertThat(Outcomes.of(store.get("written.yaml")).orElseThrow().text()).isEqualTo("a: b\n");
  }

  @Test
  void storesEmptyObjects() {
    ObjectStore store = open(azurite().endpoint(), azurite().secret());

    Outcomes.of(store.put("empty", new byte[0], PutCondition.always()));

    assertThat(Outcomes.of(store.get("empty")).orElseThrow().text()).isEmpty();
  }

  @Test
  void tellsAWrongKey() {
    StoreFailure failure = Outcomes.failureOf(open(azurite().endpoint(), SECRET).get("metadata.yaml"));

    assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_REJECTED);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure).hasMessageContaining("AZURE_ACCOUNT_KEY").hasMessageContaining("authenticate the request");
    assertThat(failure.getMessage()).doesNotContain("RequestId").doesNotContain("SharedKey ");
  }

  @Test
  void tellsAMissingContainerAndMakesNone() {
    ObjectStore store = Storages.factory(StoreLimits.DEFAULT, Map.of(), new StoreEndpoints("", azurite().endpoint()))
        .open(Storages.NAME, Storages.azure(azure -> azure.container("absent")), Optional.of(azurite().secret()));

    List<StoreFailure> failures = List.of(Outcomes.failureOf(store.get("metadata.yaml")),
        Outcomes.failureOf(store.put("metadata.yaml", new byte[1], PutCondition.ifAbsent())),
        Outcomes.failureOf(store.list("")), Outcomes.failureOf(store.delete("metadata.yaml")));

    assertThat(failures).extracting(StoreFailure::kind).containsOnly(Kind.BUCKET_MISSING);
    assertThat(failures.getFirst()).hasMessageContaining("absent").hasMessageContaining("azure.container");
  }

  @Test
  void tellsAKeyThatIsNone() {
    StoreFailure failure = catchThrowableOfType(StoreFailure.class,
        () -> open("", Map.of("AZURE_ACCOUNT_KEY", "not base 64!".getBytes(StandardCharsets.UTF_8))));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_CONFIGURATION);
    assertThat(failure).hasMessage("AZURE_ACCOUNT_KEY of Secret azure-secret is not the key of an account");
  }

  @Test
  void findsTheAccountWhereItIs() {
    assertThat(url("")).isEqualTo("https://demoaccount.blob.core.windows.net/backups");
    assertThat(url("https://{account}.blob.core.usgovcloudapi.net/"))
        .isEqualTo("https://demoaccount.blob.core.usgovcloudapi.net/backups");
    assertThat(url("http://azurite:10000")).isEqualTo("http://azurite:10000/demoaccount/backups");
  }

  private static String url(String endpoint) {
    return AzureConnection.of(Storages.azure(azure -> azure).storage().azure(), Optional.of(SECRET), Map.of(), endpoint)
        .url().toString();
  }

  @Test
  void tellsARefusedConnection() throws IOException {
    String nobody = ScriptedServer.nobody();

    StoreFailure failure = Outcomes.failureOf(open(nobody, SECRET).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.retryable()).isTrue();
    assertThat(failure).hasMessageContaining(nobody).hasMessageContaining("connection refused")
        .hasMessageContaining("storage.azure.endpoint");
  }

  @Test
  void tellsAnUnknownHost() {
    StoreFailure failure = Outcomes.failureOf(open("http://{account}.invalid", SECRET).get("x"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("unknown host").hasMessageContaining("storageAccount");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "''                                                                          | false",
      "HTTP/1.1 200 OK~Content-Length: 100~ETag: \"1\"~~kind: Back                 | false",
      "HTTP/1.1 200 OK~Content-Length: 100~ETag: \"1\"~~kind: Back                 | true"})
  void givesUpOnAServerThatStops(String piece, boolean hangUp) throws IOException {
    try (SilentServer silent = new SilentServer(piece.replace("~", "\r\n"), hangUp)) {
      StoreFailure failure = Outcomes.failureOf(open(Storages.IMPATIENT, silent.endpoint(), SECRET).get("x"));

      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void leavesALongPauseThatAServerAsksForToTheCaller() throws IOException {
    try (ScriptedServer server = answering(503, "ServerBusy", Map.of("Retry-After", "7"))) {
      StoreFailure failure = Outcomes.failureOf(open(server.endpoint(), SECRET).get("x"));

      assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(failure.askedDelay()).contains(Duration.ofSeconds(7));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "429, TooManyRequests,                THROTTLED,            2",
      "500, InternalError,                  OTHER,                2",
      "403, AuthenticationFailed,           CREDENTIALS_REJECTED, 1",
      "403, AuthorizationPermissionMismatch, NOT_ALLOWED,         1",
      "403, AuthorizationFailure,           NOT_ALLOWED,          1",
      "412, LeaseIdMissing,                 NOT_ALLOWED,          1",
      "412, ConditionNotMet,                PRECONDITION_FAILED,  1",
      "409, BlobAlreadyExists,              PRECONDITION_FAILED,  1",
      "409, ContainerBeingDeleted,          BUCKET_MISSING,       1",
      "400, InvalidHeaderValue,             OTHER,                1"})
  void tellsWhatTheServerMeans(int status, String code, Kind kind, int requests) throws IOException {
    try (ScriptedServer server = answering(status, code, Map.of())) {
      StoreFailure failure =
          Outcomes.failureOf(open(server.endpoint(), SECRET).put("x", new byte[1], PutCondition.always()));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.getMessage()).doesNotContain("4711");
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void neverRepeatsASignatureThatTheServerRepeats() throws IOException {
    try (ScriptedServer server = new ScriptedServer(400, Map.of("x-ms-error-code", "InvalidHeaderValue"),
        "<Error><Message>signature 5n1Vc0aJmP8dK2rYxQ7wZt3LhGbE6uSfNiO9vRkTjXA= is wrong</Message></Error>")) {
      assertThat(Outcomes.failureOf(open(server.endpoint(), SECRET).get("x")))
          .hasMessageContaining("signature … is wrong");
    }
  }

  @Test
  void exchangesTheTokenOfThePodWithoutASecret() throws IOException {
    try (ScriptedServer login = new ScriptedServer(200, Map.of(), "{\"access_token\":\"t-1\",\"expires_in\":3600}");
        ScriptedServer server = new ScriptedServer(404, Map.of("x-ms-error-code", "BlobNotFound"), "")) {
      ObjectStore store = ambient(server, login, Files.writeString(folder.resolve("token"), "cluster-token\n"));

      assertThat(Outcomes.of(store.get("a"))).isEmpty();
      assertThat(Outcomes.of(store.get("b"))).isEmpty();

      assertThat(login.requests()).hasSize(1);
      assertThat(server.requests()).allSatisfy(
          headers -> assertThat(headers).containsEntry("Authorization", List.of("Bearer t-1")));
    }
  }

  @Test
  void asksForAnotherTokenWhenOneIsRefused() throws IOException {
    try (ScriptedServer login = new ScriptedServer(200, Map.of(), "{\"access_token\":\"t-1\",\"expires_in\":3600}");
        ScriptedServer server = answering(401, "InvalidAuthenticationInfo", Map.of())) {
      ObjectStore store = ambient(server, login, Files.writeString(folder.resolve("token"), "cluster-token"));

      assertThat(Outcomes.failureOf(store.get("a")).kind()).isEqualTo(Kind.CREDENTIALS_REJECTED);
      assertThat(login.requests()).hasSize(2);
    }
  }

  @Test
  void tellsWhyTheTokenServiceGaveNoToken() throws IOException {
    try (ScriptedServer login = new ScriptedServer(400, Map.of(), "{\"error\":\"invalid_client\",\"error_description\":"
        + "\"AADSTS70021: No matching federated identity record found. Trace ID: 4711 Timestamp: now\"}");
        ScriptedServer server = answering(500, "", Map.of())) {
      ObjectStore store = ambient(server, login, Files.writeString(folder.resolve("token"), "cluster-token"));

      StoreFailure failure = Outcomes.failureOf(store.get("a"));

      assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS_UNAVAILABLE);
      assertThat(failure).hasMessageContaining("AADSTS70021: No matching federated identity record found;");
      assertThat(failure.getMessage()).doesNotContain("4711").doesNotContain("cluster-token");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void tellsThatThereAreNoCredentialsAtAll() {
    StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> Storages.factory(StoreLimits.DEFAULT)
        .open(Storages.NAME, Storages.azure(azure -> azure.secretName(null)), Optional.empty()));

    assertThat(failure).hasMessageContaining("workload identity").hasMessageContaining("secretName");
  }

  private static Azurite azurite() {
    Azurite.Outcome outcome = Azurite.get();
    assumeTrue(outcome.service().isPresent(), outcome.reason());
    return outcome.service().get().createContainer(Storages.BUCKET);
  }

  private static ObjectStore open(String endpoint, Map<String, byte[]> secret) {
    return open(Storages.TWICE, endpoint, secret);
  }

  private static ObjectStore open(StoreLimits limits, String endpoint, Map<String, byte[]> secret) {
    return Storages.factory(limits, Map.of(), new StoreEndpoints("", endpoint))
        .open(Storages.NAME, Storages.azure(azure -> azure), Optional.of(secret));
  }

  private static ObjectStore ambient(ScriptedServer server, ScriptedServer login, Path token) {
    Map<String, String> environment = Map.of("AZURE_CLIENT_ID", "client", "AZURE_TENANT_ID", "tenant",
        "AZURE_FEDERATED_TOKEN_FILE", token.toString(), "AZURE_AUTHORITY_HOST", login.endpoint() + "/");
    return Storages.factory(Storages.TWICE, environment, new StoreEndpoints("", server.endpoint()))
        .open(Storages.NAME, Storages.azure(azure -> azure.secretName(null)), Optional.empty());
  }

  private static ScriptedServer answering(int status, String code, Map<String, String> more) throws IOException {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("x-ms-error-code", code);
    return new ScriptedServer(status, headers, "<?xml version=\"1.0\"?><Error><Code>" + code
        + "</Code><Message>the reason.\nRequestId:4711\nTime:now</Message></Error>");
  }

  private static Map<String, byte[]> key(String text) {
    return Map.of("AZURE_ACCOUNT_KEY", Base64.getEncoder().encode(text.getBytes(StandardCharsets.UTF_8)));
  }
}
