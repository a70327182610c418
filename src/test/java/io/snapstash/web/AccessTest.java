package io.snapstash.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080", "[::1]"})
  void theseHostsAreThisMachine(String host) {
    assertThat(Access.isLocalHost(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost.evil.example", "127.0.0.1.evil.example:8080", "evil.example", "snapstash:8080"})
  void aNameThatMerelyLeadsHereIsNot(String host) {
    assertThat(Access.isLocalHost(host)).isFalse();
  }

  @Test
  void onlyLoopbackAddressesAreLoopback() {
    assertThat(Access.isLoopback("127.0.0.1")).isTrue();
    assertThat(Access.isLoopback("0:0:0:0:0:0:0:1")).isTrue();
    assertThat(Access.isLoopback("10.0.0.1")).isFalse();
    assertThat(Access.isLoopback("192.168.127.1")).isFalse();
  }

  @Test
  void aTokenStandsBehindBearer() {
    assertThat(Access.token("Bearer abc")).contains("abc");
    assertThat(Access.token("bearer abc")).contains("abc");
    assertThat(Access.token("Basic abc")).isEmpty();
    assertThat(Access.token("Bearer ")).isEmpty();
    assertThat(Access.token(null)).isEmpty();
  }
}
