package io.snapstash.engine;

/** One pass over one object: handed to every step and every log line of that pass. */
public record Reconciliation(String kind, ResourceKey key, long run, String trigger) {
  @Override
  public String toString() {
    return "kind=" + kind + " key=" + key + " run=" + run + " trigger=" + trigger;
  }
}
