package io.snapstash.bench;

import io.fabric8.kubernetes.client.Config;
import io.snapstash.engine.Time;
import io.snapstash.sandbox.OperatorProcess;
import io.snapstash.sandbox.Programs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The operator as a process. It counts as started when it says that it is ready. */
final class JarOperator implements OperatorProcess {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final long BETWEEN_LOOKS = Duration.ofMillis(5).toNanos();
  private static final int OK = 200;

  private final Jar jar;
  private final Path kubeconfig;
  private final String name;
  private final Map<String, String> settings;
  private volatile Process process;
  private volatile int port;
  private volatile Duration untilReady = Duration.ZERO;

  /** One that is alone. */
  JarOperator(Jar jar, Path kubeconfig, String name) {
    this(jar, kubeconfig, name, Map.of("SNAPSTASH_LEADERELECTION_ENABLED", "false"));
  }

  /** @param settings beside where it serves and what its Jobs run */
  JarOperator(Jar jar, Path kubeconfig, String name, Map<String, String> settings) {
    this.settings = settings;
    this.jar = jar;
    this.kubeconfig = kubeconfig;
    this.name = name;
  }

  /** From before the process was started until {@code /readyz} said 200. */
  Duration untilReady() {
    return untilReady;
  }

  /** Where it serves its page. */
  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public Future<Running> start(Vertx vertx, Config connection, Time time) {
    return vertx.executeBlocking(() -> {
      start();
      return this::stop;
    }, false);
  }

  /** Returns when it is ready. */
  void start() {
    port = freePort();
    long begin = System.nanoTime();
    Map<String, String> environment = new HashMap<>(settings);
    environment.putAll(Map.of("SNAPSTASH_IMAGE", Programs.IMAGE, "SNAPSTASH_HTTP_HOST", "127.0.0.1",
        "SNAPSTASH_HTTP_PORT", Integer.toString(port), "SNAPSTASH_LOG_LEVEL", "info"));
    process = jar.start(kubeconfig, name, environment, List.of("operator"));
    HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isReady(http, question)) {
        if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
          throw new IllegalStateException("the operator did not become ready, see " + name + ".log");
        }
        LockSupport.parkNanos(BETWEEN_LOOKS);
      }
    }
    untilReady = Duration.ofNanos(System.nanoTime() - begin);
  }

  /** What {@code /metrics} says now. */
  String metrics() {
    HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(question, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static boolean isReady(HttpClient http, HttpRequest question) {
    try {
      return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** As a kubelet asks it to. */
  void terminate() {
    process.destroy();
  }

  /** As by lack of memory. */
  void kill() {
    process.destroyForcibly();
  }

  private Future<Void> stop() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return Future.succeededFuture();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
