package io.snapstash.kube;

import io.snapstash.engine.PassFailure;
import io.snapstash.engine.ResourceKey;
import java.time.Duration;
import java.util.Optional;

/**
 * What the API server, or the way to it, answered instead of the thing asked for. Whoever calls decides by the kind;
 * {@link #retryHelps()} tells whether the same call may succeed later without anybody changing anything.
 */
public final class KubeFailure extends PassFailure {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure, by HTTP status and Status reason. */
  public enum Kind {
    NOT_FOUND, ALREADY_EXISTS, CONFLICT, FORBIDDEN, UNAUTHORIZED, INVALID, GONE, THROTTLED, SERVER_ERROR, UNREACHABLE
  }

  private final Kind kind;
  private final String reason;

  KubeFailure(Kind kind, String reason, String message, Optional<Duration> retryAfter) {
    super(message, retryAfter);
    this.kind = kind;
    this.reason = reason;
  }

  public Kind kind() {
    return kind;
  }

  /** The Status reason as the API server gave it, for instance {@code AlreadyExists}; may be empty. */
  public String reason() {
    return reason;
  }

  /** Conflict counts: after a fresh look the call may pass. So does forbidden: rights are granted while we wait. */
  public boolean retryHelps() {
    return switch (kind) {
      case CONFLICT, FORBIDDEN, UNAUTHORIZED, GONE, THROTTLED, SERVER_ERROR, UNREACHABLE -> true;
      case NOT_FOUND, ALREADY_EXISTS, INVALID -> false;
    };
  }

  public static boolean is(Throwable failure, Kind kind) {
    return failure instanceof KubeFailure known && known.kind == kind;
  }

  static KubeFailure unreachable(String what, Throwable cause) {
    return new KubeFailure(Kind.UNREACHABLE, "", what + ": API server not reached: " + root(cause), Optional.empty());
  }

  /** What cannot exist is not there, and nobody is asked for it. */
  static KubeFailure impossible(String kind, ResourceKey key) {
    return new KubeFailure(Kind.NOT_FOUND, "NotFound", kind + " " + key.toString().replaceAll("\\p{Cntrl}", "?")
        + ": no object can be called so", Optional.empty());
  }

  static KubeFailure of(String what, int code, String reason, String message, Optional<Duration> retryAfter) {
    return new KubeFailure(kindOf(code, reason), reason, what + ": " + message, retryAfter);
  }

  private static Kind kindOf(int code, String reason) {
    return switch (code) {
      case 401 -> Kind.UNAUTHORIZED;
      case 403 -> Kind.FORBIDDEN;
      case 404 -> Kind.NOT_FOUND;
      case 409 -> "AlreadyExists".equals(reason) ? Kind.ALREADY_EXISTS : Kind.CONFLICT;
      case 410 -> Kind.GONE;
      case 429 -> Kind.THROTTLED;
      case 400, 405, 406, 413, 415, 422 -> Kind.INVALID;
      default -> Kind.SERVER_ERROR;
    };
  }

  private static String root(Throwable cause) {
    Throwable at = cause;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
  }
}
