package io.snapstash.app;

/** How a command ended. */
public enum ExitCode {
  DONE(0), BUG(1), WRONG_USAGE(64), FAILED(65), TRY_AGAIN(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
