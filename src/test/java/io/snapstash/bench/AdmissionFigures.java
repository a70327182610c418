package io.snapstash.bench;

import io.snapstash.admission.LargeReview;
import java.util.Arrays;
import java.util.Locale;

/** What the review of the largest BackupConfiguration takes, without the way there and back. */
final class AdmissionFigures {
  private static final int WARM_UP = 300;
  private static final int REVIEWS = 1000;

  private AdmissionFigures() {}

  static void measure(Figures figures) {
    LargeReview review = new LargeReview();
    long[] nanos = new long[REVIEWS];
    for (int i = -WARM_UP; i < REVIEWS; i++) {
      long begin = System.nanoTime();
      if (!review.run()) {
        throw new IllegalStateException("the large BackupConfiguration was refused");
      }
      nanos[Math.max(i, 0)] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    figures.add("review of a BackupConfiguration with " + LargeReview.SESSIONS + " sessions, "
        + LargeReview.SESSIONS * LargeReview.REPOSITORIES + " repositories, among " + LargeReview.EXISTING
        + " Repositories, p99", String.format(Locale.ROOT, "%.1f ms", nanos[REVIEWS * 99 / 100] / 1e6), "20 ms");
  }
}
