package io.snapstash.storage;

import io.snapstash.api.S3Backend;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * An S3 bucket and how to get at it, checked (storage-layout 3).
 *
 * @param endpoint empty for AWS itself
 * @param keys empty for the default chain of the process, for instance a web identity
 * @param authority PEM certificates that replace the trust store of the JVM
 */
record S3Connection(Optional<URI> endpoint, String bucket, String region, boolean insecureTls, Optional<Keys> keys,
    Optional<byte[]> authority) {
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
  private static final String AUTHORITY = "CA_CERT_DATA";
  private static final String DEFAULT_REGION = "us-east-1";

  /** Credentials of a Secret. They never show in a text. */
  record Keys(String accessKey, String secretKey, Optional<String> sessionToken) {
    @Override
    public String toString() {
      return "Keys[…]";
    }
  }

  /** The environment is asked for a region only, and only without a Secret. */
  static S3Connection of(S3Backend spec, Optional<Map<String, byte[]>> secret, Map<String, String> environment) {
    if (isEmpty(spec.bucket())) {
      throw StoreFailure.badConfiguration("spec.storage.s3.bucket is missing");
    }
    Optional<SecretData> data = SecretData.named(spec.secretName(), secret);
    return new S3Connection(endpoint(spec), spec.bucket(), region(spec, data.isPresent() ? Map.of() : environment),
        Boolean.TRUE.equals(spec.insecureTLS()), data.map(S3Connection::keys),
        data.filter(values -> values.text(AUTHORITY).isPresent()).map(values -> values.values().get(AUTHORITY)));
  }

  private static Optional<URI> endpoint(S3Backend spec) {
    if (isEmpty(spec.endpoint())) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(spec.endpoint().strip());
      if (uri.getUserInfo() != null) {
        throw StoreFailure.badConfiguration("spec.storage.s3.endpoint must not hold credentials; put them in a Secret");
      }
      if (isEmpty(uri.getHost()) || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        throw notAnEndpoint();
      }
      return Optional.of(uri);
    } catch (IllegalArgumentException _) {
      throw notAnEndpoint();
    }
  }

  private static StoreFailure notAnEndpoint() {
    return StoreFailure.badConfiguration("spec.storage.s3.endpoint is not a URL that begins with http:// or https://");
  }

  private static String region(S3Backend spec, Map<String, String> environment) {
    if (!isEmpty(spec.region())) {
      return spec.region();
    }
    return environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", DEFAULT_REGION));
  }

  private static Keys keys(SecretData data) {
    return new Keys(data.required(ACCESS_KEY), data.required(SECRET_KEY), data.text(SESSION_TOKEN));
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isBlank();
  }
}
