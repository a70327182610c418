package io.snapstash.job;

/** Exit codes of commands in Pods: 64 and 65 end the Job, 75 and 1 lead to another attempt. */
public final class JobExit {
  public static final int DONE = 0;
  public static final int BUG = 1;
  public static final int WRONG_USAGE = 64;
  public static final int FAILED = 65;
  public static final int TRY_AGAIN = 75;

  private JobExit() {}
}
