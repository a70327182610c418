package io.snapstash.domain.hook;

/** What this process knows of a hook that the status calls begun. */
public sealed interface HookProgress {
  /** Nothing: whoever began it is no more, and nobody can tell how far it came. */
  record Unknown() implements HookProgress {}

  /** It was announced by this process, or lives on without one, and is to be started or taken up. */
  record Announced() implements HookProgress {}

  record Running() implements HookProgress {}

  record Ended(HookResult result) implements HookProgress {}
}
