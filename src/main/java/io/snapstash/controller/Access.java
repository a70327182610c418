package io.snapstash.controller;

import io.snapstash.engine.Requeue;
import java.time.Duration;
import java.util.Optional;

/** What came of an attempt on a backend. Messages name the cause and never carry a credential. */
public sealed interface Access {
  /** Done, or found done already. */
  record Granted() implements Access {}

  /** Not tried in this pass: nothing asked for it. */
  record Untried() implements Access {}

  /**
   * A Job is at it, or has to wait for another one; whoever asked is woken when that changes.
   *
   * @param look when to ask again even if nothing changes
   */
  record Underway(Optional<Duration> look) implements Access {
    /** For a status that stays as it is meanwhile. */
    public Requeue requeue() {
      return look.map(Requeue::after).orElse(Requeue.settled());
    }
  }

  /** The named Secret does not exist. */
  record SecretMissing(String message) implements Access {}

  /** The named Secret may exist, but we may not read it: somebody has to grant that. */
  record SecretUnreadable(String message) implements Access {}

  /** The backend, or the way to it, refused; retryable if nobody needs to change anything. */
  record Refused(String message, boolean retryable) implements Access {}
}
