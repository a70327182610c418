package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.snapstash.app.UsageException;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The cluster that kubectl would talk to, and the namespace it would mean. Calls wait for their answer. */
public record Cluster(KubeClient kube, String namespace) implements AutoCloseable {
  private static final int MOST_REQUESTS = 16;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  static Cluster of(CommandLine line) {
    Config config = line.get("kubeconfig").map(file -> read(file, line.get("context").orElse(null)))
        .orElseGet(() -> Config.autoConfigure(line.get("context").orElse(null)));
    String namespace = line.get("namespace").or(() -> Optional.ofNullable(config.getNamespace())).orElse("default");
    Config named = new ConfigBuilder(config).withUserAgent("snapstash/cli").build();
    return new Cluster(KubeClient.create(named, new OkHttpClientFactory(), MOST_REQUESTS, REQUEST_TIMEOUT), namespace);
  }

  private static Config read(String file, String context) {
    try {
      return Config.fromKubeconfig(context, Files.readString(Path.of(file)), file);
    } catch (IOException unreadable) {
      throw new UsageException("kubeconfig " + file + " cannot be read");
    }
  }

  /** @throws KubeFailure as the API server, or the way to it, said */
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException known ? known : failure;
    }
  }

  /** Empty where the user has no right to look, or the kind is not there. */
  <T extends HasMetadata> List<T> listIfAllowed(ResourceType<T> type, Selection selection) {
    try {
      return await(kube.list(type, selection));
    } catch (KubeFailure failure) {
      if (isHidden(failure)) {
        return List.of();
      }
      throw failure;
    }
  }

  /** Nothing that this user may see. */
  static boolean isHidden(KubeFailure failure) {
    return failure.kind() == KubeFailure.Kind.FORBIDDEN || failure.kind() == KubeFailure.Kind.NOT_FOUND;
  }

  @Override
  public void close() {
    kube.close();
  }
}
