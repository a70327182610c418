package io.snapstash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {
  private final Printed printed = new Printed();

  @Test
  void aTerminalShowsThePresentTextInPlaceAndKeepsTheLast() {
    try (Screen screen = Screen.of(printed.stream(), true, "--\n")) {
      screen.show("one\ntwo\n");
      screen.show("three\n");
    }

    assertThat(printed.text()).isEqualTo("\033[?1049h\033[?25l\033[?7l"
        + "\033[Hone\033[K\r\ntwo\033[K\033[J" + "\033[Hthree\033[K\033[J"
        + "\033[?7h\033[?25h\033[?1049lthree\n");
  }

  @Test
  void aPipeGetsOneTextAfterTheOther() {
    try (Screen screen = Screen.of(printed.stream(), false, "--\n")) {
      screen.show("one\n");
      screen.show("two\n");
    }

    assertThat(printed.text()).isEqualTo("one\n--\ntwo\n");
  }
}
