package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Status patches of VolumeSnapshots and contents. Errors are taken back with an explicit null. */
final class SnapshotStatus {
  private static final long NANOS = 1_000_000_000L;
  private static final long GIBI = 1L << 30;
  private static final long MEBI = 1L << 20;

  private SnapshotStatus() {}

  static ObjectNode content(DiskArray.Cut cut, boolean ready) {
    ObjectNode status = Json.MAPPER.createObjectNode().put("snapshotHandle", cut.handle())
        .put("creationTime", cut.taken().getEpochSecond() * NANOS + cut.taken().getNano())
        .put("restoreSize", cut.restoreSize()).put("readyToUse", ready);
    return status.putNull("error");
  }

  static ObjectNode error(String message, Instant now) {
    ObjectNode status = Json.MAPPER.createObjectNode().put("readyToUse", false);
    status.putObject("error").put("message", message).put("time", Timestamps.of(now));
    return status;
  }

  /** The VolumeSnapshot shows what its content says. */
  static ObjectNode mirror(VolumeSnapshotContent content) {
    ObjectNode status = Json.MAPPER.createObjectNode()
        .put("boundVolumeSnapshotContentName", content.getMetadata().getName());
    VolumeSnapshotContent.Status from = content.getStatus();
    status.put("readyToUse", from != null && Boolean.TRUE.equals(from.readyToUse()));
    if (from == null) {
      return status;
    }
    if (from.creationTime() != null) {
      status.put("creationTime", Timestamps.of(Instant.ofEpochSecond(from.creationTime() / NANOS)));
    }
    if (from.restoreSize() != null) {
      status.put("restoreSize", quantity(from.restoreSize()));
    }
    return Optional.ofNullable(from.error()).map(error -> {
      status.putObject("error").put("message", error.message()).put("time", Timestamps.of(error.time()));
      return status;
    }).orElseGet(() -> status.putNull("error"));
  }

  static boolean shows(VolumeSnapshot snapshot, String error) {
    return snapshot.getStatus() != null && snapshot.getStatus().error() != null
        && error.equals(snapshot.getStatus().error().message());
  }

  private static String quantity(long bytes) {
    if (bytes > 0 && bytes % GIBI == 0) {
      return bytes / GIBI + "Gi";
    }
    return bytes > 0 && bytes % MEBI == 0 ? bytes / MEBI + "Mi" : BigDecimal.valueOf(bytes).toPlainString();
  }
}
