package io.snapstash.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Requests to a provider's REST interface, each with a time limit that covers the body too, and repeated where another
 * attempt may pass at once. Calls block: they are made for virtual threads.
 */
final class RestCalls implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  /** Whoever asks for a longer pause gets it from the work queue. */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);

  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int attempts;
  private final Duration attemptTime;

  RestCalls(StoreLimits limits) {
    this.attempts = limits.attempts();
    Duration share = limits.call().dividedBy(attempts);
    this.attemptTime = share.compareTo(limits.attempt()) < 0 ? share : limits.attempt();
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limits.connect())
        .followRedirects(HttpClient.Redirect.NEVER).executor(threads).build();
  }

  /** The answer, whatever its status. The request is made anew for each attempt, since signatures carry the time. */
  RestAnswer send(Supplier<HttpRequest> request) throws IOException {
    for (int attempt = 1; true; attempt++) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
      try {
        RestAnswer answer = once(request.get());
        if (attempt >= attempts || !mayPassAtOnce(answer)) {
          return answer;
        }
        pause = answer.retryAfter().orElse(pause);
      } catch (IOException failure) {
        if (attempt >= attempts || failure instanceof SSLException) {
          throw failure;
        }
      }
      sleep(pause);
    }
  }

  /** As a part of a path or query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static boolean mayPassAtOnce(RestAnswer answer) {
    boolean mayPass = answer.asksForFewerRequests() || answer.status() == 408
        || answer.status() >= 500 && answer.status() != 501;
    return mayPass && answer.retryAfter().orElse(Duration.ZERO).compareTo(SHORT_PAUSE) <= 0;
  }

  private RestAnswer once(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<Optional<byte[]>>> running = client.sendAsync(request, _ -> new SmallBody());
    try {
      HttpResponse<Optional<byte[]>> response = running.get(attemptTime.toMillis(), TimeUnit.MILLISECONDS);
      return new RestAnswer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException _) {
      running.cancel(true);
      throw new HttpTimeoutException("no answer in time");
    } catch (InterruptedException _) {
      running.cancel(true);
      throw interrupted();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
    }
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.close();
  }
}
