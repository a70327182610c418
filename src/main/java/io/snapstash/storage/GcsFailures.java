package io.snapstash.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.storage.StoreFailure.Kind;
import java.util.Set;

/** What the answers of Google Cloud Storage mean, and what to tell a person about them. */
record GcsFailures(GcsConnection connection) {
  private static final Set<String> SLOW_DOWN = Set.of("rateLimitExceeded", "userRateLimitExceeded");

  StoreFailure of(String key, RestAnswer answer) {
    String said = said(answer);
    if (answer.asksForFewerRequests() || SLOW_DOWN.contains(reason(answer))) {
      return onTheWay().throttled(place(), said, answer);
    }
    return switch (answer.status()) {
      case 412 -> StoreFailure.preconditionFailed(key);
      case 404 -> RestFailures.failure(Kind.BUCKET_MISSING, "bucket " + connection.bucket() + " does not exist at "
          + connection.endpoint() + "; create it, or correct spec.storage.gcs.bucket");
      case 401 -> RestFailures.failure(Kind.CREDENTIALS_REJECTED, place() + " does not accept the credentials" + said
          + "; " + mend());
      case 403 -> RestFailures.failure(Kind.NOT_ALLOWED, "the credentials do not allow this on " + place() + said
          + "; allow storage.objects.list, get, create and delete");
      default -> RestFailures.failure(Kind.OTHER,
          place() + " answered with an error, status " + answer.status() + said);
    };
  }

  RestFailures onTheWay() {
    return new RestFailures(connection.endpoint().toString(), "the setting storage.gcs.endpoint");
  }

  /** A missing object and a missing bucket are both 404. */
  static boolean isBucketMissing(RestAnswer answer) {
    String text = answer.text();
    return answer.status() == 404 && !text.startsWith("No such object") && text.contains("bucket does not exist");
  }

  private static String reason(RestAnswer answer) {
    return answer.json().at("/error/errors/0/reason").asText();
  }

  private static String said(RestAnswer answer) {
    JsonNode message = answer.json().at("/error/message");
    return RestFailures.said(message.isTextual() ? message.asText() : "");
  }

  private String mend() {
    return connection.identity() instanceof GcsConnection.Identity.Key
        ? "correct GOOGLE_SERVICE_ACCOUNT_JSON_KEY in the Secret"
        : "correct the Google identity of the operator's ServiceAccount";
  }

  private String place() {
    return "bucket " + connection.bucket() + " at " + connection.endpoint();
  }
}
