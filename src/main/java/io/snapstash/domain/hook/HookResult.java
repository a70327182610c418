package io.snapstash.domain.hook;

/** How a hook ended, all its attempts together. */
public sealed interface HookResult {
  record Succeeded() implements HookResult {}

  /** @param message what went wrong and what the hook had to say, without secrets */
  record Failed(String message) implements HookResult {}

  static HookResult succeeded() {
    return new Succeeded();
  }

  static HookResult failed(String message) {
    return new Failed(message);
  }
}
