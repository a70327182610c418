package io.snapstash.domain.hook;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a hook wrote, fit to be shown: the end of it, without the secrets that are known and without what looks like
 * one. It errs on the side of hiding.
 */
public final class Masking {
  /** Bytes of output that a status shows. */
  public static final int SHOWN = 2048;
  private static final String HIDDEN = "***";
  private static final int SHORTEST_SECRET = 4;
  private static final Pattern NAMED = Pattern.compile(
      "(?i)((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)"
          + "[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)((?:authorization\\s*:\\s*)(?:basic|bearer|token)?\\s*|\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{6,}");
  private static final Pattern IN_ADDRESS = Pattern.compile("(://[^\\s:/@]*):[^\\s/@]+@");
  private static final Pattern KEY_ID = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}\\b");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);
  private static final Pattern SENSITIVE_NAME =
      Pattern.compile("(?i).*(pass|pwd|secret|token|credential|api-?_?key|access-?_?key|auth|cookie).*");

  private Masking() {}

  /** Whether a value of that name (a header, a parameter) is to be kept from view. */
  public static boolean isSensitive(String name) {
    return SENSITIVE_NAME.matcher(name).matches();
  }

  /** @param secrets values known to be secret; very short ones are left, since they would hide half of the text */
  public static String shown(String output, Collection<String> secrets) {
    String text = output;
    List<String> longestFirst = secrets.stream().filter(secret -> secret.length() >= SHORTEST_SECRET)
        .sorted(Comparator.comparingInt(String::length).reversed()).toList();
    for (String secret : longestFirst) {
      text = text.replace(secret, HIDDEN);
    }
    text = PEM.matcher(text).replaceAll(HIDDEN);
    text = NAMED.matcher(text).replaceAll("$1" + HIDDEN);
    text = AUTHORIZATION.matcher(text).replaceAll("$1" + HIDDEN);
    text = IN_ADDRESS.matcher(text).replaceAll("$1:" + HIDDEN + "@");
    text = KEY_ID.matcher(text).replaceAll(HIDDEN);
    return end(text.strip());
  }

  /** Cut last, so that a secret is never cut in two and half of it missed. */
  private static String end(String text) {
    String shown = text;
    while (shown.getBytes(StandardCharsets.UTF_8).length > SHOWN) {
      int over = Math.max(1, (shown.getBytes(StandardCharsets.UTF_8).length - SHOWN) / 4);
      shown = shown.substring(over);
    }
    return shown.length() < text.length() ? "…" + shown.substring(1) : shown;
  }
}
