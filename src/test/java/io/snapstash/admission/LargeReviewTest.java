package io.snapstash.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargeReviewTest {
  @Test
  void theLargestConfigurationPasses() {
    assertThat(new LargeReview().run()).isTrue();
  }
}
