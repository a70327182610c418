package io.snapstash.domain.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failed hook wrote, as people get to see it. */
class MaskingTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "mysql -u root --password=MARKER failed", "PGPASSWORD: MARKER", "{\"password\": \"MARKER\"}",
      "Authorization: Bearer MARKERMARKER", "authorization: basic MARKERMARKER", "got bearer MARKERMARKER",
      "postgres://root:MARKER@db:5432/x", "api_key='MARKER with spaces'", "AWS_SECRET_ACCESS_KEY=MARKER/x+y",
      "-----BEGIN RSA PRIVATE KEY-----\nMARKER\n-----END RSA PRIVATE KEY-----", "token = MARKER;",
      "-----BEGIN PRIVATE KEY-----\nMARKER and no end"})
  void whatLooksLikeASecretIsHidden(String output) {
    assertThat(Masking.shown(output, List.of())).doesNotContain("MARKER").contains("***");
  }

  @Test
  void whatIsKnownToBeOneIsHiddenWhereverItStands() {
    assertThat(Masking.shown("said open-sesame twice: open-sesame", List.of("open-sesame", "x")))
        .isEqualTo("said *** twice: ***");
  }

  @Test
  void ofMuchOutputTheEndIsShown() {
    String shown = Masking.shown("ä".repeat(5000) + "the end", List.of());

    assertThat(shown).startsWith("…").endsWith("the end");
    assertThat(shown.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Masking.SHOWN + 2);
  }

  @Test
  void plainOutputStaysAsItIs() {
    assertThat(Masking.shown(" access denied for user root\n", List.of())).isEqualTo("access denied for user root");
  }
}
