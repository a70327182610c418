package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.domain.plan.BackupPlan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of one claim.
 *
 * @param name the VolumeSnapshot, if one was made
 * @param created when that object was made
 * @param cut when the driver took the cut, else when the object was made
 * @param error why the claim has no usable VolumeSnapshot
 */
record Captured(BackupPlan.Claim claim, Optional<String> name, Optional<Instant> created, Optional<Instant> cut,
    Optional<String> error) {

  static Captured failed(BackupPlan.Claim claim, String error) {
    return new Captured(claim, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(error));
  }

  /** All errors in one text; empty if there is none. */
  static Optional<String> errors(List<Captured> captured) {
    String text = captured.stream().flatMap(each -> each.error().stream()).distinct()
        .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The entry of {@code volumeSnapshotterStats} (behaviour 6.13). */
  ObjectNode stats() {
    ObjectNode stats = JsonNodeFactory.instance.objectNode().put("pvcName", claim.name());
    if (claim.hostPath() != null) {
      stats.put("hostPath", claim.hostPath());
    }
    name.ifPresent(text -> stats.put("volumeSnapshotName", text));
    cut.ifPresent(time -> stats.put("volumeSnapshotTime", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    return stats;
  }
}
