package io.snapstash.app;

/** Wrong arguments or settings: told in one line, without a stack trace; the program stops with exit code 64. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message, null, false, false);
  }
}
