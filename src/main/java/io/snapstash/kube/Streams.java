package io.snapstash.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.Optional;

/**
 * Web sockets to the API server, by the JDK's client and only once somebody needs one: it knows its listener before it
 * connects. The client for everything else learns of it afterwards, and loses what a quick command has said by then.
 */
final class Streams implements AutoCloseable {
  private final Config config;
  private Optional<HttpClient> client = Optional.empty();

  Streams(Config config) {
    this.config = config;
  }

  synchronized HttpClient client() {
    if (client.isEmpty()) {
      client = Optional.of(new JdkHttpClientFactory().newBuilder(config).build());
    }
    return client.get();
  }

  @Override
  public synchronized void close() {
    client.ifPresent(HttpClient::close);
    client = Optional.empty();
  }
}
