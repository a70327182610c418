package io.snapstash.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who may look at the page and its data: whoever comes through {@code kubectl port-forward}, which Kubernetes has
 * authorised for the operator's namespace, and everybody else with a token that may list BackupSessions. Answers of the
 * API server are kept for a short time, under a hash of the token. Belongs to one event loop.
 */
public final class Access {
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final int MOST_KEPT = 1000;
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "bearer ";

  /** What to answer. */
  public enum Verdict { LOCAL, TOKEN, NO_TOKEN, BAD_TOKEN, FORBIDDEN, UNKNOWN }

  private record Known(Future<Verdict> verdict, Instant until) {}

  private final Reviewer reviewer;
  private final boolean trustsLoopback;
  private final Supplier<Instant> clock;
  private final Map<String, Known> known = new LinkedHashMap<>();

  /** @param trustsLoopback false asks loopback clients for a token too */
  public Access(Reviewer reviewer, boolean trustsLoopback, Supplier<Instant> clock) {
    this.reviewer = reviewer;
    this.trustsLoopback = trustsLoopback;
    this.clock = clock;
  }

  /** @param namespace what the client wants to see; empty means everything */
  Future<Verdict> judge(HttpServerRequest request, String namespace) {
    if (trustsLoopback && isForwarded(request)) {
      return Future.succeededFuture(Verdict.LOCAL);
    }
    Optional<String> token = token(request.getHeader("Authorization"));
    return token.map(each -> byToken(each, namespace)).orElse(Future.succeededFuture(Verdict.NO_TOKEN));
  }

  /** A name that resolves to loopback must not do, nor a proxy in the Pod that speaks for somebody else. */
  private static boolean isForwarded(HttpServerRequest request) {
    return isLoopback(request.remoteAddress().hostAddress()) && request.getHeader("X-Forwarded-For") == null
        && request.getHeader("Forwarded") == null && isLocalHost(host(request));
  }

  static boolean isLoopback(String address) {
    return address != null && (address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1")
        || address.startsWith("::ffff:127."));
  }

  /** With or without a port. */
  static boolean isLocalHost(String host) {
    String name = host.replaceAll(":\\d+$", "").toLowerCase(Locale.ROOT);
    return LOCAL_HOSTS.contains(name);
  }

  private static String host(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().toString();
  }

  static Optional<String> token(String header) {
    return Optional.ofNullable(header).filter(text -> text.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(text -> text.substring(BEARER.length()).strip()).filter(text -> !text.isEmpty());
  }

  private Future<Verdict> byToken(String token, String namespace) {
    Instant now = clock.get();
    String key = hash(token) + "/" + namespace;
    Known before = known.get(key);
    if (before != null && now.isBefore(before.until())) {
      return before.verdict();
    }
    known.remove(key);
    Future<Verdict> verdict = ask(token, namespace);
    if (known.size() >= MOST_KEPT) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(key, new Known(verdict, now.plus(KEPT)));
    verdict.onSuccess(result -> {
      if (result == Verdict.UNKNOWN) {
        known.remove(key);
      }
    });
    return verdict;
  }

  private Future<Verdict> ask(String token, String namespace) {
    return reviewer.authenticate(token).compose(user -> user.isEmpty() ? Future.succeededFuture(Verdict.BAD_TOKEN)
            : reviewer.mayLook(user.get(), namespace)
                .map(allowed -> allowed ? Verdict.TOKEN : Verdict.FORBIDDEN))
        .otherwise(Verdict.UNKNOWN);
  }

  private static String hash(String token) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
          .digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
