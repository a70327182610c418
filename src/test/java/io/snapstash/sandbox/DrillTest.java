package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillTest {
  @ParameterizedTest
  @ValueSource(strings = {"--drill", "--drill --local"})
  void bothDisastersAreRecoveredFrom(String arguments) throws InterruptedException {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

    int exit = new SandboxCommand(out, out).run(List.of(arguments.split(" ")));

    assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isZero();
  }
}
