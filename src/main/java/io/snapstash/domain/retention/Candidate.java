package io.snapstash.domain.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * A Snapshot of one Repository and session name as retention sees it (behaviour 9.3, 9.6).
 *
 * @param phase of the Snapshot; only Succeeded and Failed ones may be removed
 * @param time when the data was captured, or when the object was made if that is not known
 * @param protection why it must stay whatever the policy says; empty if nothing protects it
 */
public record Candidate(String name, String phase, Instant time, Optional<String> protection) {}
