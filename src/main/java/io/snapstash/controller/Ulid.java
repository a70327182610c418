package io.snapstash.controller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Identifiers that sort by time (26 characters, Crockford's base 32: 48 bits of milliseconds, 80 further bits). The
 * further bits come from the cause instead of chance, so that a repeated pass names the same thing the same.
 */
public final class Ulid {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private Ulid() {}

  public static String of(Instant time, String cause) {
    StringBuilder text = new StringBuilder(26);
    long millis = time.toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(DIGITS[(int) (millis >>> shift & 31)]);
    }
    byte[] digest = sha256(cause);
    for (int digit = 0; digit < 16; digit++) {
      text.append(DIGITS[digest[digit] & 31]);
    }
    return text.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java runtime has SHA-256", impossible);
    }
  }
}
