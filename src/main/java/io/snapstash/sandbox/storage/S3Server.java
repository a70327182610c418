package io.snapstash.sandbox.storage;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * An S3 service on this machine that keeps its objects in memory: path-style addresses, signatures checked,
 * conditional puts. Starting and stopping block for some hundred milliseconds, so not on an event loop.
 */
public final class S3Server implements AutoCloseable {
  /** Held, because loggers are forgotten otherwise, and their levels with them. */
  private static final List<Logger> TALKATIVE = List.of(Logger.getLogger("org.gaul.s3proxy"),
      Logger.getLogger("org.gaul.shaded"), Logger.getLogger("org.gaul.shaded.org.eclipse.jetty"));
  private static final String HOST = "127.0.0.1";
  private static final long STOP_AT_ONCE = 0;

  private final S3Proxy proxy;
  private final TransientNio2BlobStore objects;
  private final Optional<PrivateAuthority> authority;

  private S3Server(S3Proxy proxy, TransientNio2BlobStore objects, Optional<PrivateAuthority> authority) {
    this.proxy = proxy;
    this.objects = objects;
    this.authority = authority;
  }

  /** Listens on a free port of the loopback address, without TLS. */
  public static S3Server start(String accessKey, String secretKey) {
    return start(0, accessKey, secretKey, Optional.empty());
  }

  /** With an authority, the service speaks TLS only. Port 0 takes a free one. */
  public static S3Server start(int port, String accessKey, String secretKey, Optional<PrivateAuthority> authority) {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    TransientNio2BlobStore objects = new TransientNio2BlobStore();
    S3Proxy.Builder builder = S3Proxy.builder().blobStore(new AtomicPuts(objects)).metricsEnabled(false)
        .stopTimeout(STOP_AT_ONCE).ignoreUnknownHeaders(true)
        .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey);
    if (authority.isPresent()) {
      builder.secureEndpoint(URI.create("https://" + HOST + ":" + port)).sslContext(authority.get().server());
    } else {
      builder.endpoint(URI.create("http://" + HOST + ":" + port));
    }
    S3Proxy proxy = builder.build();
    try {
      proxy.start();
    } catch (Exception failure) {
      throw new IllegalStateException("the S3 server did not start: " + failure.getMessage(), failure);
    }
    return new S3Server(proxy, objects, authority);
  }

  /** As a BackupStorage names it in {@code s3.endpoint}. */
  public String endpoint() {
    return authority.isPresent() ? "https://" + HOST + ":" + proxy.getSecurePort()
        : "http://" + HOST + ":" + proxy.getPort();
  }

  /** One that is there already stays as it is. */
  public S3Server createBucket(String bucket) {
    if (!objects.containerExists(bucket)) {
      objects.createContainer(bucket);
    }
    return this;
  }

  /** For CA_CERT_DATA; empty without TLS. */
  public Optional<String> authorityPem() {
    return authority.map(PrivateAuthority::pem);
  }

  /** The objects are gone with it. */
  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the S3 server did not stop: " + failure.getMessage(), failure);
    }
    objects.close();
  }
}
