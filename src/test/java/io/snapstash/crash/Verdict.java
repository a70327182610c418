package io.snapstash.crash;

import io.snapstash.wire.Treatment;

/** What becomes of a write. */
enum Verdict {
  PASSES, NEVER_ARRIVES, ANSWER_LOST;

  Treatment onTheWire() {
    return switch (this) {
      case PASSES -> Treatment.PASSES;
      case NEVER_ARRIVES -> new Treatment.CutBefore();
      case ANSWER_LOST -> new Treatment.CutAfter();
    };
  }
}
