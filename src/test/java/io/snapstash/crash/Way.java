package io.snapstash.crash;

/** How a write goes wrong. Each is played at every write of a story. */
enum Way {
  /** The connection breaks before anything is done; the process lives on and has to try again. */
  NEVER_ARRIVES,
  /** It is done, and the connection breaks before the answer; the process lives on and must not take it for lost. */
  ANSWER_LOST,
  /** Nothing is done, and the process dies on the spot. Another one is started. */
  DIES_BEFORE,
  /** It is done, and the process dies on the spot: nothing it sends afterwards arrives. Another one is started. */
  DIES
}
