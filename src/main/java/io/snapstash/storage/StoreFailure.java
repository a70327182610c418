package io.snapstash.storage;

import io.snapstash.engine.PassFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * What a backend, or the way to it, answered instead of the thing asked for (storage-layout 3). The message names the
 * cause and what a person can do, and never holds a key, a token or the content of a Secret: it may stand in a
 * condition.
 */
public final class StoreFailure extends PassFailure {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure, and whether the same call may succeed later without anybody changing anything. */
  public enum Kind {
    /** The server does not know the key, or the signature or token is wrong. */
    CREDENTIALS_REJECTED(false),
    /** No credentials could be got from the environment of the process, for instance from a token service. */
    CREDENTIALS_UNAVAILABLE(true),
    BUCKET_MISSING(false),
    /** Refused, unknown host, broken connection, or no answer in time. */
    UNREACHABLE(true),
    THROTTLED(true),
    /** The server's certificate is not trusted, or the two found no common protocol. */
    TLS(false),
    /** The credentials are good, but do not allow this. */
    NOT_ALLOWED(false),
    /** Somebody else wrote first: look again, then repeat. */
    PRECONDITION_FAILED(true),
    /** The folder belongs to something else, for instance to a Repository of another application. */
    CONFLICT(false),
    /** A stored file is there, but is not what it should be; it is never overwritten. */
    UNREADABLE(false),
    /** The BackupStorage or its Secret must be mended. */
    BAD_CONFIGURATION(false),
    /** The provider exists, but not for this process: the volume of a local storage is reached by Jobs only. */
    NOT_AVAILABLE(false),
    /** An error of the server itself. */
    OTHER(true);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }
  }

  private final Kind kind;

  StoreFailure(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  StoreFailure(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message, retryAfter);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** If not, wait for a change of the BackupStorage, its Secret or the bucket instead. */
  public boolean retryable() {
    return kind.retryable;
  }

  public static boolean is(Throwable failure, Kind kind) {
    return failure instanceof StoreFailure known && known.kind == kind;
  }

  static StoreFailure badConfiguration(String message) {
    return new StoreFailure(Kind.BAD_CONFIGURATION, message);
  }

  static StoreFailure preconditionFailed(String key) {
    return new StoreFailure(Kind.PRECONDITION_FAILED, key + " was written by somebody else meanwhile");
  }
}
