package io.snapstash.bench;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Measures one figure after another and prints all of them. */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpeedAndSizeBench {
  private static final Figures FIGURES = new Figures();

  @Test
  @Order(1)
  void latency() {
    measure("latency of the operator", LatencyFigures::measure);
  }

  @Test
  @Order(2)
  void requests() {
    measure("requests of a backup", RequestFigures::measure);
  }

  @Test
  @Order(3)
  void population() {
    measure("a large population", PopulationFigures::measure);
  }

  @Test
  @Order(4)
  void job() {
    measure("a backup Job as a process", JobFigures::measure);
  }

  @Test
  @Order(5)
  void manyClaims() {
    measure("a backup of many claims", ManyClaimsFigures::measure);
  }

  @Test
  @Order(6)
  void catalogue() {
    measure("the catalogue", CatalogueFigures::measure);
  }

  @Test
  @Order(7)
  void stream() {
    measure("the page's stream", StreamFigures::measure);
  }

  @Test
  @Order(8)
  void sizes() {
    measure("sizes", SizeFigures::measure);
  }

  @Test
  @Order(9)
  void workloads() {
    measure("many workloads that nobody backs up", WorkloadFigures::measure);
  }

  @Test
  @Order(10)
  void admission() {
    measure("admission", AdmissionFigures::measure);
  }

  @Test
  @Order(11)
  void retention() {
    measure("retention", RetentionFigures::measure);
  }

  @Test
  @Order(12)
  void handOver() {
    measure("hand-over", HandOverFigures::measure);
  }

  @AfterAll
  static void print() {
    System.out.println();
    System.out.print(FIGURES.table());
    System.out.println();
  }

  private static void measure(String what, Consumer<Figures> figure) {
    long begin = System.nanoTime();
    System.out.println("measuring: " + what);
    figure.accept(FIGURES);
    System.out.println("measured:  " + what + ", " + (System.nanoTime() - begin) / 1_000_000_000L + " s");
  }
}
