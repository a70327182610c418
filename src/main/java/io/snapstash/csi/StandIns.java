package io.snapstash.csi;

import io.snapstash.domain.restore.MappedClaim;
import io.vertx.core.Future;
import java.util.Optional;

/** Knows what to use where the VolumeSnapshot that a claim is to be made from is missing or lies elsewhere. */
public interface StandIns {
  /** What there is instead. */
  sealed interface StandIn {
    /** To be made, unless it is there. */
    record Pair(SnapshotPair pair) implements StandIn {}

    /** There is something, and it must not, or cannot, be used. */
    record Refused(String why) implements StandIn {}

    /** Nobody remembers that snapshot. */
    record Unknown() implements StandIn {}
  }

  /**
   * @param snapshot the VolumeSnapshot in its own namespace, if it is there
   * @param content what that is bound to
   */
  Future<StandIn> insteadOf(
      MappedClaim claim, Optional<VolumeSnapshot> snapshot, Optional<VolumeSnapshotContent> content);
}
