package io.snapstash.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.browser.Paint;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** From the patch of a status to the event at those who look at the page, one of them and a thousand. */
final class StreamFigures {
  private static final int MANY = 1000;
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 25;
  private static final int PAUSE_SECONDS = 30;
  private static final int PAINTS = 7;
  private static final int PROBERS = 20;
  private static final int PROBES = 20_000;

  private final BenchWorld bench;
  private final JarOperator operator;
  private final Figures figures;
  private final ResourceKey snapshot;
  private final AtomicReference<Round> round = new AtomicReference<>(new Round("none", 0, 0));
  private int marker;

  /** A marker that travels, and when it arrived at each client. */
  private record Round(String marker, long begin, AtomicReferenceArray<Duration> arrived, CountDownLatch open) {
    Round(String marker, long begin, int clients) {
      this(marker, begin, new AtomicReferenceArray<>(clients), new CountDownLatch(clients));
    }

    void arrivedAt(int client) {
      Duration after = Duration.ofNanos(System.nanoTime() - begin);
      if (client < arrived.length() && arrived.compareAndSet(client, null, after)) {
        open.countDown();
      }
    }
  }

  private StreamFigures(BenchWorld bench, JarOperator operator, Figures figures) {
    this.bench = bench;
    this.operator = operator;
    this.figures = figures;
    bench.apply(Given.claim("source"));
    bench.apply(ABackup.named("b-0").manifests());
    bench.await(ResourceTypes.JOBS, "a run that never ends", jobs -> !jobs.isEmpty());
    var made = BenchWorld.await(bench.client().list(ResourceTypes.SNAPSHOTS, Selection.in("demo"))).getFirst();
    this.snapshot = new ResourceKey("demo", made.getMetadata().getName());
  }

  static void measure(Figures figures) {
    AtomicReference<JarOperator> operator = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("stream", Behaviour.instant().refusePods(true), kubeconfig -> {
      operator.set(new JarOperator(Jar.trained(), kubeconfig, "stream-operator"));
      return operator.get();
    }, _ -> new InProcessRunner("snapstash/", _ -> null, Map.of()))) {
      new StreamFigures(bench, operator.get(), figures).measure();
    }
  }

  private void measure() {
    Vertx vertx = Vertx.vertx();
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MANY)
        .setDefaultPort(operator.port()).setDefaultHost("127.0.0.1"));
    listen(client, 0);
    figures.add("status patched until event at the client, 1 client", rounds(1), "p99 < 250 ms");
    long before = OwnProcess.residentAfterCollection(operator.pid());
    BenchWorld.await(Future.all(IntStream.range(1, MANY).mapToObj(number -> listen(client, number)).toList()));
    figures.add("status patched until event at the client, 1000 clients", rounds(MANY), "p99 < 1 s");
    figures.add("resident memory of 1000 clients", String.format(Locale.ROOT, "%.1f MB",
        (OwnProcess.residentAfterCollection(operator.pid()) - before) * 1024 / 1e6));
    figures.add("answers of /healthz while 1000 listen", probes(vertx), "10,000 a second do not matter");
    BenchWorld.await(vertx.close());
    figures.add("first meaningful paint of the page, 1 BackupConfiguration", paint(operator), "< 300 ms");
  }

  /** From the request of a browser with an empty cache until it shows the line of truth. */
  static String paint(JarOperator operator) {
    List<Duration> took = Paint.firstMeaningful("http://127.0.0.1:" + operator.port() + "/", PAINTS);
    return took.isEmpty() ? "not measured" : Samples.millis(took).medianAndP99("ms");
  }

  private String probes(Vertx vertx) {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(PROBERS).setMaxWaitQueueSize(-1)
        .setDefaultPort(operator.port()).setDefaultHost("127.0.0.1"));
    probe(client, PROBES);
    long begin = System.nanoTime();
    long busy = OwnProcess.cpuMillis(operator.pid());
    probe(client, PROBES);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return String.format(Locale.ROOT, "%.0f per second, %d ms of CPU for 10,000", PROBES / seconds,
        (OwnProcess.cpuMillis(operator.pid()) - busy) * 10_000 / PROBES);
  }

  private static void probe(HttpClient client, int times) {
    BenchWorld.await(Future.all(IntStream.range(0, PROBERS).mapToObj(_ -> chain(client, times / PROBERS)).toList()));
  }

  private static Future<Void> chain(HttpClient client, int times) {
    return times == 0 ? Future.succeededFuture() : client.request(HttpMethod.GET, "/healthz")
        .compose(request -> request.send()).compose(response -> response.end()).compose(_ -> chain(client, times - 1));
  }

  /** Looks for the marker of the round in whatever comes, also where two buffers share it. */
  private Future<Void> listen(HttpClient client, int number) {
    StringBuilder seen = new StringBuilder();
    return client.request(HttpMethod.GET, "/api/events").compose(request -> request.send()).map(response -> {
      response.handler((Buffer data) -> {
        Round present = round.get();
        seen.append(data.toString(StandardCharsets.UTF_8));
        if (seen.indexOf(present.marker()) >= 0) {
          seen.setLength(0);
          present.arrivedAt(number);
        } else if (seen.length() > present.marker().length()) {
          seen.delete(0, seen.length() - present.marker().length());
        }
      });
      return null;
    });
  }

  private String rounds(int clients) {
    List<Duration> all = new ArrayList<>();
    for (int number = 0; number < WARM_UP + ROUNDS; number++) {
      Round present = new Round("marker-" + ++marker + "-", System.nanoTime(), clients);
      round.set(present);
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("status").putObject("components").putObject("volumesnapshot").put("phase", "Running")
          .put("error", present.marker());
      BenchWorld.await(bench.client().patchStatus(ResourceTypes.SNAPSHOTS, snapshot, patch));
      await(present);
      if (number >= WARM_UP) {
        IntStream.range(0, clients).forEach(client -> all.add(present.arrived().get(client)));
      }
    }
    return Samples.millis(all).medianAndP99("ms");
  }

  private static void await(Round round) {
    try {
      if (!round.open().await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(round.open().getCount() + " clients never saw " + round.marker());
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
