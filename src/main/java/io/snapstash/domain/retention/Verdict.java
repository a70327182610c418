package io.snapstash.domain.retention;

/** What becomes of one Snapshot, with a reason for people. */
public sealed interface Verdict {
  Candidate snapshot();

  String reason();

  record Keep(Candidate snapshot, String reason) implements Verdict {}

  record Remove(Candidate snapshot, String reason) implements Verdict {}
}
