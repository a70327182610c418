package io.snapstash.storage;

import io.snapstash.storage.StoreFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * What can happen on the way to any server, and how to put a server's own words into a condition.
 *
 * @param endpoint what was called
 * @param advice what to check if it cannot be reached
 */
record RestFailures(String endpoint, String advice) {
  private static final int LONGEST = 300;
  /** Tokens and signatures, which some servers repeat: whatever is long, dense and no word. */
  private static final Pattern SECRETS =
      Pattern.compile("(?i)(?:Bearer |SharedKey )\\S+|eyJ[\\w.-]+|ya29\\.[\\w.-]+|[A-Za-z0-9+/]{40,}={0,2}");

  StoreFailure unanswered(IOException failure) {
    if (isA(SSLException.class, failure)) {
      return failure(Kind.TLS, "the certificate or TLS of " + endpoint + " was refused: " + root(failure)
          + "; its authority must be one that the JVM trusts");
    }
    return failure(Kind.UNREACHABLE,
        endpoint + " was not reached: " + reason(failure) + "; check " + advice + " and the network");
  }

  /** Why there was no answer, in a few words. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getMessage() + " does not exist";
    }
    if (isA(UnresolvedAddressException.class, failure) || isA(UnknownHostException.class, failure)) {
      return "unknown host";
    }
    if (isA(HttpTimeoutException.class, failure)) {
      return "no answer in time";
    }
    return isA(ConnectException.class, failure) ? "connection refused" : root(failure);
  }

  StoreFailure throttled(String place, String said, RestAnswer answer) {
    return new StoreFailure(Kind.THROTTLED, clean(place + " asks for fewer requests" + said), answer.retryAfter());
  }

  static StoreFailure failure(Kind kind, String message) {
    return new StoreFailure(kind, clean(message));
  }

  /** The first line of what a server says, as the end of a sentence; servers add request ids and times below. */
  static String said(String text) {
    String line = text.strip().lines().findFirst().orElse("").strip();
    return line.isEmpty() ? "" : ": " + line.replaceAll("\\.$", "");
  }

  private static String clean(String message) {
    String text = SECRETS.matcher(message.replaceAll("\\s+", " ")).replaceAll("…");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  private static boolean isA(Class<? extends Throwable> type, Throwable failure) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static String root(Throwable failure) {
    Throwable last = causes(failure).reduce(failure, (_, cause) -> cause);
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}
