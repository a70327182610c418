package io.snapstash.sandbox.apiserver;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' order of API versions: general availability before beta before alpha, the newest first. */
final class VersionOrder {
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,8})(?:(alpha|beta)(\\d{1,8}))?");

  static final Comparator<String> PREFERRED_FIRST = Comparator.<String>comparingLong(VersionOrder::rank)
      .reversed().thenComparing(Comparator.naturalOrder());

  private VersionOrder() {}

  private static long rank(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return -1;
    }
    long stability = parts.group(2) == null ? 2 : parts.group(2).equals("beta") ? 1 : 0;
    long minor = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
    return stability << 60 | Long.parseLong(parts.group(1)) << 30 | minor;
  }
}
