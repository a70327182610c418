package io.snapstash.storage;

import io.snapstash.storage.StoreFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Access tokens by workload identity (storage-layout 3.5): the cluster's token of the Pod is exchanged for one of
 * Azure, and again five minutes before that one ends. The file is read each time, since the kubelet renews it.
 */
final class AzureTokens implements AzureAuthorization {
  private static final Duration EARLY = Duration.ofMinutes(5);

  private record Token(String header, Instant end) {}

  private final AzureConnection.Identity.Workload identity;
  private final RestCalls calls;
  private final InstantSource time;
  private Optional<Token> current = Optional.empty();

  AzureTokens(AzureConnection.Identity.Workload identity, RestCalls calls, InstantSource time) {
    this.identity = identity;
    this.calls = calls;
    this.time = time;
  }

  @Override
  public synchronized String of(AzureRequest request) {
    Instant now = time.instant();
    if (current.filter(token -> now.isBefore(token.end().minus(EARLY))).isEmpty()) {
      current = Optional.of(fetch(now));
    }
    return current.get().header();
  }

  @Override
  public synchronized boolean renew() {
    current = Optional.empty();
    return true;
  }

  private Token fetch(Instant now) {
    try {
      String assertion = Files.readString(identity.tokenFile()).strip();
      RestAnswer answer = calls.send(() -> request(assertion));
      if (!answer.succeeded() || answer.json().path("access_token").asText().isEmpty()) {
        throw unavailable(said(answer));
      }
      return new Token("Bearer " + answer.json().path("access_token").asText(),
          now.plusSeconds(answer.json().path("expires_in").asLong(0)));
    } catch (IOException failure) {
      throw unavailable(": " + RestFailures.reason(failure));
    }
  }

  private HttpRequest request(String assertion) {
    String form = Map.of("grant_type", "client_credentials",
            "scope", "https://storage.azure.com/.default",
            "client_id", identity.clientId(),
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion", assertion)
        .entrySet().stream().map(field -> field.getKey() + "=" + RestCalls.encoded(field.getValue()))
        .collect(Collectors.joining("&"));
    String authority = identity.authority().toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(authority + "/" + RestCalls.encoded(identity.tenantId())
            + "/oauth2/v2.0/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)).build();
  }

  /** Without the ids and times that end each sentence of the token service. */
  private static String said(RestAnswer answer) {
    String text = answer.json().path("error_description").asText().replaceAll("(?s) Trace ID:.*", "");
    return text.isBlank() ? ": status " + answer.status() : RestFailures.said(text);
  }

  private StoreFailure unavailable(String why) {
    return RestFailures.failure(Kind.CREDENTIALS_UNAVAILABLE, "the workload identity of the operator got no token"
        + why + "; name a Secret in spec.storage.azure.secretName, or correct the federated credential of client "
        + identity.clientId());
  }
}
