package io.snapstash.storage;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.utils.AttributeMap;

/** How the client of a connection is set up (storage-layout 3.1). */
final class S3Clients {
  /** One for all clients: each would otherwise keep five threads for its time limits. */
  private static final ScheduledExecutorService TIMERS = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().name("storage-timeouts").daemon().factory());

  private S3Clients() {}

  /**
   * Bodies are small and go in one piece, signed as a whole: not every server takes the SDK's chunks, and one that
   * refuses a put before it has read them hangs up, which breaks the next requests on kept connections too.
   */
  static S3Client open(S3Connection connection, AwsCredentialsProvider credentials, StoreLimits limits) {
    S3ClientBuilder builder = S3Client.builder()
        .httpClient(http(connection, limits))
        .region(Region.of(connection.region()))
        .credentialsProvider(credentials)
        .forcePathStyle(true)
        .crossRegionAccessEnabled(false)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(overrides(connection, limits));
    endpoint(connection).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Credentials of a Secret or, without one, whatever the SDK finds around the process. */
  static AwsCredentialsProvider credentials(S3Connection connection) {
    return connection.keys().<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(
        keys.sessionToken().isEmpty()
            ? AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())
            : AwsSessionCredentials.create(keys.accessKey(), keys.secretKey(), keys.sessionToken().get())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** With a Secret the endpoint never comes from the environment of the process either. */
  private static Optional<URI> endpoint(S3Connection connection) {
    if (connection.endpoint().isPresent() || connection.keys().isEmpty()) {
      return connection.endpoint();
    }
    URI host = S3Client.serviceMetadata().endpointFor(Region.of(connection.region()));
    return Optional.of(host.getScheme() == null ? URI.create("https://" + host) : host);
  }

  private static ClientOverrideConfiguration overrides(S3Connection connection, StoreLimits limits) {
    ClientOverrideConfiguration.Builder builder = ClientOverrideConfiguration.builder()
        .apiCallTimeout(limits.call())
        .apiCallAttemptTimeout(limits.attempt())
        .retryStrategy(DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(limits.attempts())
            .useClientDefaults(false)
            .retryOnException(S3Failures::mayPassAtOnce)
            .treatAsThrottling(S3Failures::isThrottling).build())
        .scheduledExecutorService(TIMERS);
    if (connection.keys().isPresent()) {
      builder.defaultProfileFile(ProfileFile.aggregator().build()).defaultProfileName("default");
    }
    return builder.build();
  }

  private static SdkHttpClient http(S3Connection connection, StoreLimits limits) {
    UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder()
        .connectionTimeout(limits.connect()).socketTimeout(limits.attempt());
    if (connection.insecureTls()) {
      return builder.buildWithDefaults(AttributeMap.builder()
          .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build());
    }
    connection.authority().map(Trust::only)
        .ifPresent(managers -> builder.tlsTrustManagersProvider(() -> managers));
    return builder.build();
  }
}
