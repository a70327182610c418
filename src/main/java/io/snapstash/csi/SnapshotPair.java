package io.snapstash.csi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.engine.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A VolumeSnapshot with a content of our making, bound by the handle under which a driver keeps a snapshot already
 * (behaviour 8.12). The content says Retain: what we did not cut is not freed by accident.
 *
 * @param snapshot where the VolumeSnapshot is made
 * @param handle how the driver calls the snapshot
 * @param volumeMode of the captured volume; without it nothing checks the mode
 * @param className a class that exists; drivers that need credentials to look at a snapshot find them there
 * @param restoreSize bytes at least, as a quantity
 * @param accessModes of the captured claim; empty if unknown
 * @param freedWithBackup whether the driver's snapshot goes when the backup is wiped
 * @param forOneRestore made for a restore and removed after it; otherwise it stands for the backup and stays
 */
public record SnapshotPair(ResourceKey snapshot, String driver, String handle, Optional<String> volumeMode,
    Optional<String> className, Optional<String> restoreSize, List<String> accessModes, boolean freedWithBackup,
    boolean forOneRestore) {
  private static final int HASH = 32;
  private static final int SHORT_HASH = 8;

  public SnapshotPair {
    accessModes = List.copyOf(accessModes);
  }

  public SnapshotPair withoutClass() {
    return new SnapshotPair(snapshot, driver, handle, volumeMode, Optional.empty(), restoreSize, accessModes,
        freedWithBackup, forOneRestore);
  }

  /** Name of the content: the same for the same snapshot in the same place, whoever asks and how often. */
  public String contentName() {
    return "snapstash-" + hash(driver + "\n" + handle + "\n" + snapshot).substring(0, HASH);
  }

  /** Name of a VolumeSnapshot that is made beside the claims of one restore. */
  public static String nameFor(String original, String restoreSessionUid, String originalNamespace) {
    return Shortening.suffixed(original,
        "restore-" + hash(restoreSessionUid + "\n" + originalNamespace).substring(0, SHORT_HASH), Shortening.SUBDOMAIN);
  }

  /** Without labels and annotations; the reference carries no uid, which the snapshot controller sets. */
  public ObjectNode content() {
    ObjectNode content = frame("VolumeSnapshotContent", contentName());
    ObjectNode spec = content.putObject("spec").put("driver", driver).put("deletionPolicy", "Retain");
    spec.putObject("source").put("snapshotHandle", handle);
    volumeMode.ifPresent(mode -> spec.put("sourceVolumeMode", mode));
    className.ifPresent(name -> spec.put("volumeSnapshotClassName", name));
    spec.putObject("volumeSnapshotRef").put("namespace", snapshot.namespace()).put("name", snapshot.name());
    return content;
  }

  public ObjectNode volumeSnapshot() {
    ObjectNode made = frame("VolumeSnapshot", snapshot.name());
    made.withObject("/metadata").put("namespace", snapshot.namespace());
    made.putObject("spec").putObject("source").put("volumeSnapshotContentName", contentName());
    return made;
  }

  private static ObjectNode frame(String kind, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "snapshot.storage.k8s.io/v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
