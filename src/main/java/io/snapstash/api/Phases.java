package io.snapstash.api;

/** Values of {@code status.phase}; which kind knows which stands in the specification (api 1-12). */
public final class Phases {
  public static final String PENDING = "Pending";
  public static final String RUNNING = "Running";
  public static final String SUCCEEDED = "Succeeded";
  public static final String FAILED = "Failed";
  public static final String SKIPPED = "Skipped";
  public static final String READY = "Ready";
  public static final String NOT_READY = "NotReady";
  public static final String INVALID = "Invalid";
  public static final String UNKNOWN = "Unknown";

  private Phases() {}
}
