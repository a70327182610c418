package io.snapstash.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.snapstash.api.Json;
import io.snapstash.storage.StoreFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Access tokens of one storage (storage-layout 3.4), fetched when the last one nears its end. Google's "default
 * credentials" are not used: they belong to the whole process, and remember a metadata server that was late as absent.
 */
final class GcsTokens {
  private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/devstorage.read_write");

  private final GcsConnection connection;
  private final HttpTransportFactory transport;
  private Optional<GoogleCredentials> credentials = Optional.empty();

  GcsTokens(GcsConnection connection, RestCalls calls) {
    GoogleTransport shared = new GoogleTransport(calls);
    this.connection = connection;
    this.transport = () -> shared;
  }

  /** May ask the token service. */
  String token() {
    try {
      GoogleCredentials source = credentials();
      source.refreshIfExpired();
      return source.getAccessToken().getTokenValue();
    } catch (IOException failure) {
      throw failure(failure);
    }
  }

  /** A new token, if nobody has fetched one yet instead of the refused one. */
  synchronized String instead(String refused) {
    if (token().equals(refused)) {
      credentials = Optional.empty();
    }
    return token();
  }

  /** A file that is not there yet may come: only what could be read is kept. */
  private synchronized GoogleCredentials credentials() throws IOException {
    if (credentials.isEmpty()) {
      credentials = Optional.of(switch (connection.identity()) {
        case GcsConnection.Identity.Key(String json) -> ofKey(json);
        case GcsConnection.Identity.FromFile(var file) -> {
          try (InputStream in = Files.newInputStream(file)) {
            yield GoogleCredentials.fromStream(in, transport).createScoped(SCOPES);
          }
        }
        case GcsConnection.Identity.Ambient() ->
            ComputeEngineCredentials.newBuilder().setHttpTransportFactory(transport).build();
      });
    }
    return credentials.get();
  }

  /** The library's own attempts would come on top of ours. */
  private GoogleCredentials ofKey(String json) {
    try {
      return ServiceAccountCredentials.fromStream(
              new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), transport)
          .toBuilder().setScopes(SCOPES).setDefaultRetriesEnabled(false).build();
    } catch (IOException | IllegalArgumentException _) {
      throw StoreFailure.badConfiguration(
          "GOOGLE_SERVICE_ACCOUNT_JSON_KEY of the Secret cannot be used: its private_key is no key in PEM form");
    }
  }

  private StoreFailure failure(IOException failure) {
    Optional<HttpResponseException> answer = RestFailures.causes(failure)
        .filter(HttpResponseException.class::isInstance).map(HttpResponseException.class::cast).findFirst();
    if (!(connection.identity() instanceof GcsConnection.Identity.Key)) {
      return RestFailures.failure(Kind.CREDENTIALS_UNAVAILABLE, "no credentials for bucket " + connection.bucket()
          + " were found around the operator"
          + answer.map(GcsTokens::said).orElseGet(() -> ": " + RestFailures.reason(failure)) + "; name a Secret in spec.storage.gcs.secretName, or give the operator's ServiceAccount a Google identity");
    }
    if (answer.isEmpty()) {
      return new RestFailures("Google's token service", "token_uri of the key").unanswered(failure);
    }
    int status = answer.get().getStatusCode();
    if (status == 429 || status >= 500) {
      return RestFailures.failure(status == 429 || status == 503 ? Kind.THROTTLED : Kind.OTHER,
          "Google's token service answered with status " + status + said(answer.get()));
    }
    return RestFailures.failure(Kind.CREDENTIALS_REJECTED, "Google does not accept the key of the service account"
        + said(answer.get()) + "; correct GOOGLE_SERVICE_ACCOUNT_JSON_KEY in the Secret");
  }

  private static String said(HttpResponseException answer) {
    try {
      JsonNode content = Json.MAPPER.readTree(Optional.ofNullable(answer.getContent()).orElse(""));
      return RestFailures.said(content.path("error_description").asText(content.path("error").asText("")));
    } catch (JsonProcessingException _) {
      return "";
    }
  }
}
