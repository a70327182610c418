package io.snapstash.engine;

/** Something planned that may be called off; calling it off twice, or after it happened, does nothing. */
@FunctionalInterface
public interface Cancellable {
  void cancel();
}
