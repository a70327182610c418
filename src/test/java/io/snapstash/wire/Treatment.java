package io.snapstash.wire;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a {@link Door} does with one request. */
public sealed interface Treatment {
  Treatment PASSES = new Passes();

  /** It arrives, and so does the answer. */
  record Passes() implements Treatment {}

  /**
   * It is answered at the door; nothing is done.
   *
   * @param retryAfter seconds for the header of that name; 0 for none
   */
  record Answered(int code, String contentType, Buffer body, int retryAfter) implements Treatment {}

  /** The connection breaks, and nothing has been done. */
  record CutBefore() implements Treatment {}

  /** It is done, and the connection breaks before the answer. */
  record CutAfter() implements Treatment {}

  /** It is done, and the connection breaks in the middle of the answer. */
  record Torn() implements Treatment {}

  /** It is done, and half of the answer comes as if it were the whole. */
  record Truncated() implements Treatment {}

  /** It is done, and the answer comes in pieces with such pauses between them. */
  record Slow(Duration pause) implements Treatment {}

  /** It arrives so much later. */
  record Late(Duration by) implements Treatment {}

  /** It passes, and its answer is shown to somebody else as well. */
  record Observed(Consumer<Buffer> observer) implements Treatment {}

  /** The answer has no end but lines, each of which is shown as the view wants it. */
  record Viewed(Function<View.Out, View> view) implements Treatment {}
}
