package io.snapstash.storage;

import io.snapstash.storage.StoreFailure.Kind;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the answers of an S3 service mean, and what to tell a person about them. */
record S3Failures(S3Connection connection) {
  private static final int LONGEST = 300;
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);
  /** Anything shorter would be cut out of innocent words. */
  private static final int SHORTEST_SECRET = 4;
  private static final Set<String> BAD_CREDENTIALS = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch",
      "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "InvalidSecurity", "AuthFailure");
  private static final Set<String> OTHER_REGION =
      Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");
  private static final Set<String> SLOW_DOWN =
      Set.of("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded");
  private static final Set<String> LOST_RACE = Set.of("PreconditionFailed", "ConditionalRequestConflict");

  /** Worth another attempt within the same call; whoever asks for a longer pause gets it from the work queue. */
  static boolean mayPassAtOnce(Throwable failure) {
    if (failure instanceof S3Exception answer) {
      boolean mayPass = isThrottling(answer) || answer.isClockSkewException()
          || answer.statusCode() >= 500 && answer.statusCode() != 501;
      return mayPass && retryAfter(answer).orElse(Duration.ZERO).compareTo(SHORT_PAUSE) <= 0;
    }
    return causes(failure).noneMatch(SSLException.class::isInstance)
        && causes(failure).anyMatch(cause -> cause instanceof IOException || isTimeout(cause));
  }

  static boolean isThrottling(Throwable failure) {
    return failure instanceof S3Exception answer
        && (answer.statusCode() == 429 || answer.statusCode() == 503 || SLOW_DOWN.contains(code(answer)));
  }

  StoreFailure of(String key, SdkException failure) {
    return failure instanceof S3Exception answer ? answered(key, answer) : unanswered(failure);
  }

  /** The SDK itself refuses what it was given. */
  StoreFailure unusable(IllegalArgumentException failure) {
    return failure(Kind.BAD_CONFIGURATION, place() + " cannot be used: " + root(failure)
        + "; correct spec.storage.s3");
  }

  private StoreFailure answered(String key, S3Exception answer) {
    String code = code(answer);
    int status = answer.statusCode();
    if (status == 412 || LOST_RACE.contains(code)) {
      return StoreFailure.preconditionFailed(key);
    }
    if (BAD_CREDENTIALS.contains(code) || status == 401) {
      return failure(Kind.CREDENTIALS_REJECTED, place() + " does not accept the credentials" + said(answer)
          + "; " + mendKeys());
    }
    if (code.equals("NoSuchBucket")) {
      return failure(Kind.BUCKET_MISSING, "bucket " + connection.bucket() + " does not exist at " + endpoint()
          + "; create it, or correct spec.storage.s3.bucket");
    }
    if (OTHER_REGION.contains(code) || status == 301) {
      return failure(Kind.BAD_CONFIGURATION, place() + " is not in region " + connection.region() + said(answer)
          + "; correct spec.storage.s3.region or endpoint");
    }
    if (isThrottling(answer)) {
      return new StoreFailure(Kind.THROTTLED, clean(place() + " asks for fewer requests" + said(answer)),
          retryAfter(answer));
    }
    if (status == 403 && !code.equals("RequestTimeTooSkewed")) {
      return failure(Kind.NOT_ALLOWED, "the credentials do not allow this on " + place() + said(answer)
          + "; allow s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject");
    }
    return failure(Kind.OTHER, place() + " answered with an error, status " + status + said(answer));
  }

  private StoreFailure unanswered(SdkException failure) {
    Optional<Throwable> tls = causes(failure).filter(SSLException.class::isInstance).findFirst();
    if (tls.isPresent()) {
      return failure(Kind.TLS, "the certificate or TLS of " + endpoint() + " was refused: " + root(tls.get())
          + "; put the certificate of its authority into CA_CERT_DATA of the Secret");
    }
    if (causes(failure).anyMatch(UnknownHostException.class::isInstance)) {
      return unreachable("unknown host");
    }
    if (causes(failure).anyMatch(S3Failures::isTimeout)) {
      return unreachable("no answer in time");
    }
    Optional<Throwable> broken = causes(failure).filter(IOException.class::isInstance).findFirst();
    if (broken.isPresent()) {
      return unreachable(root(broken.get()));
    }
    if (connection.keys().isEmpty() && String.valueOf(failure.getMessage()).contains("redentials")) {
      return failure(Kind.CREDENTIALS_UNAVAILABLE, "no credentials for " + place() + " were found around the operator: "
          + "name a Secret in spec.storage.s3.secretName, or give its ServiceAccount a role");
    }
    return failure(Kind.OTHER, place() + " could not be used: " + root(failure));
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException
        || cause instanceof java.net.SocketTimeoutException;
  }

  private StoreFailure unreachable(String why) {
    return failure(Kind.UNREACHABLE, endpoint() + " was not reached: " + why
        + "; check spec.storage.s3.endpoint and the network");
  }

  private StoreFailure failure(Kind kind, String message) {
    return new StoreFailure(kind, clean(message));
  }

  static String code(S3Exception answer) {
    return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
        ? "" : answer.awsErrorDetails().errorCode();
  }

  private static String said(S3Exception answer) {
    String text = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorMessage();
    return text == null || text.isBlank() ? "" : ": " + text.strip().replaceAll("\\.$", "");
  }

  private static Optional<Duration> retryAfter(S3Exception answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null) {
      return Optional.empty();
    }
    return answer.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After")
        .filter(text -> text.matches("\\d{1,6}")).map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private String mendKeys() {
    return connection.keys().isPresent() ? "correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the Secret"
        : "correct the role of the operator's ServiceAccount";
  }

  private String place() {
    return "bucket " + connection.bucket() + " at " + endpoint();
  }

  private String endpoint() {
    return connection.endpoint().map(uri -> uri.toString())
        .orElse("AWS S3 in " + connection.region());
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  private static String root(Throwable failure) {
    Throwable last = causes(failure).reduce(failure, (_, cause) -> cause);
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }

  /** Some servers repeat what they were sent. */
  private String clean(String message) {
    String text = message.replaceAll("\\s+", " ");
    for (String secret : connection.keys().map(S3Failures::secrets).orElse(Stream.of()).toList()) {
      text = text.replace(secret, "…");
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static Stream<String> secrets(S3Connection.Keys keys) {
    return Stream.concat(Stream.of(keys.accessKey(), keys.secretKey()), keys.sessionToken().stream())
        .filter(text -> text.length() >= SHORTEST_SECRET);
  }
}
