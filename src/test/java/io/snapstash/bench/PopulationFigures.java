package io.snapstash.bench;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.InProcessRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What an operator at rest costs: start, requests and memory, with one BackupConfiguration and with a thousand. */
final class PopulationFigures {
  private static final int CONFIGURATIONS = 1000;
  private static final int SNAPSHOTS_EACH = 10;
  private static final int QUESTIONS = 10;
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_UNREST = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final BenchWorld bench;
  private final JarOperator operator;
  private final Figures figures;

  private PopulationFigures(BenchWorld bench, JarOperator operator, Figures figures) {
    this.bench = bench;
    this.operator = operator;
    this.figures = figures;
  }

  static void measure(Figures figures) {
    AtomicReference<JarOperator> operator = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("population", Behaviour.instant().refusePods(true), kubeconfig -> {
      operator.set(new JarOperator(Jar.trained(), kubeconfig, "population-operator"));
      return operator.get();
    }, _ -> new InProcessRunner("snapstash/", _ -> null, Map.of()))) {
      new PopulationFigures(bench, operator.get(), figures).measure();
    }
  }

  private void measure() {
    bench.apply(Given.claim("source"));
    try (Runs runs = new Runs(bench, new SimulatedJob(bench.client())::run)) {
      bench.apply(ABackup.named("b-0").manifests());
      runs.awaitSucceeded(1);
    }
    rest();
    restart();
    figures.add("start until ready, 1 BackupConfiguration", seconds(operator.untilReady()), "< 3 s");
    rest();
    figures.add("resident memory after a full GC, 1 BackupConfiguration", resident());
    BenchWorld.await(bench.world().stopOperator());

    new Population(bench.client(), "b-0").grow(CONFIGURATIONS, SNAPSHOTS_EACH);
    BenchWorld.await(bench.world().startOperator());
    rest();
    restart();
    String many = ", " + CONFIGURATIONS + " BackupConfigurations, " + CONFIGURATIONS * SNAPSHOTS_EACH + " Snapshots";
    figures.add("start until ready" + many, seconds(operator.untilReady()), "< 3 s");
    rest();
    figures.add("requests of an idle minute" + many, idleRequests(), "none");
    figures.add("resident memory after a full GC" + many, resident(), "< 200 MB");
    figures.add("/api/status, summarised" + many, status());
    figures.add("first meaningful paint of the page" + many, StreamFigures.paint(operator), "< 300 ms");
  }

  private void restart() {
    BenchWorld.await(bench.world().stopOperator());
    BenchWorld.await(bench.world().startOperator());
  }

  /** Until the operator has asked for nothing for a while. */
  private void rest() {
    long begin = System.nanoTime();
    long since = begin;
    long seen = -1;
    while (System.nanoTime() - since < REST.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      long now = bench.server().requests().count(PopulationFigures::isOperators);
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      }
      if (System.nanoTime() - begin > LONGEST_UNREST.toNanos()) {
        throw new IllegalStateException("the operator does not come to rest");
      }
    }
    bench.server().requests().clear();
  }

  private String idleRequests() {
    LockSupport.parkNanos(IDLE.toNanos());
    Map<String, Long> asked = tally(bench.server().requests());
    return asked.isEmpty() ? "none" : asked.toString();
  }

  /** Watches apart, which are renewed every five to ten minutes. */
  private static Map<String, Long> tally(RequestLog log) {
    List<RequestLog.Entry> asked = log.matching(entry -> isOperators(entry) && !entry.verb().equals("watch"));
    return asked.stream().collect(Collectors.groupingBy(RequestLog.Entry::what, TreeMap::new, Collectors.counting()));
  }

  private static boolean isOperators(RequestLog.Entry entry) {
    return entry.userAgent().equals(Programs.OPERATOR);
  }

  /** A picture is made anew only after a change, so every question is preceded by one. */
  private String status() {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.port() + "/api/status")).build();
    List<Duration> took = new ArrayList<>();
    int bytes = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int number = 0; number < QUESTIONS; number++) {
        bench.apply(Given.claim("asked-" + number));
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        long begin = System.nanoTime();
        bytes = http.send(question, HttpResponse.BodyHandlers.ofByteArray()).body().length;
        took.add(Duration.ofNanos(System.nanoTime() - begin));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return Samples.millis(took).medianAndP99("ms") + String.format(Locale.ROOT, ", %.0f kB", bytes / 1e3);
  }

  private String resident() {
    return String.format(Locale.ROOT, "%.0f MB", OwnProcess.residentAfterCollection(operator.pid()) * 1024 / 1e6);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
  }
}
