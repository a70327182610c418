package io.snapstash;

/** First argument to command to exit code; nothing else. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(64);
  }
}
