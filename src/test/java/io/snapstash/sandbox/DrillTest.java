package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillTest {
  @Test
  void bothDisastersAreRecoveredFrom() throws InterruptedException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

    int exit = new SandboxCommand(out, out).run(List.of("--drill"));

    assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isZero();
  }
}
