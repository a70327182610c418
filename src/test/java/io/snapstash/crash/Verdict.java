package io.snapstash.crash;

/** What becomes of a request. */
enum Verdict { PASSES, NEVER_ARRIVES, ANSWER_LOST }
