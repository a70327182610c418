package io.snapstash.sandbox.cluster;

import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The storage behind the simulated CSI driver: volumes and snapshots that hold bytes in miniature. A snapshot copies
 * them, so that what is written later does not reach it. It knows nothing of Kubernetes and outlives an API server.
 * Making something under a name that exists returns what is there, as CSI demands.
 */
public final class DiskArray {
  /** {@code capacity} in bytes; {@code claim} is kept for people and tests only. */
  public record Volume(String handle, long capacity, String claim, byte[] bytes) {}

  /** {@code restoreSize} in bytes: a volume made from this is at least that large. */
  public record Cut(String handle, String volume, long restoreSize, Instant taken, byte[] bytes) {}

  private final Map<String, Volume> volumes = new ConcurrentHashMap<>();
  private final Map<String, Cut> cuts = new ConcurrentHashMap<>();

  public Volume makeVolume(String name, long capacity, ResourceKey claim, byte[] bytes) {
    return volumes.computeIfAbsent("vol-" + name,
        handle -> new Volume(handle, capacity, claim.toString(), bytes.clone()));
  }

  /** Empty if the volume does not exist (any more). */
  public Optional<Cut> cut(String name, String volumeHandle, Instant now) {
    return volume(volumeHandle).map(volume -> cuts.computeIfAbsent("snap-" + name,
        handle -> new Cut(handle, volumeHandle, volume.capacity(), now, volume.bytes().clone())));
  }

  public Optional<Volume> volume(String handle) {
    return Optional.ofNullable(volumes.get(handle));
  }

  public Optional<Cut> snapshot(String handle) {
    return Optional.ofNullable(cuts.get(handle));
  }

  public Set<String> volumeHandles() {
    return new TreeSet<>(volumes.keySet());
  }

  public Set<String> snapshotHandles() {
    return new TreeSet<>(cuts.keySet());
  }

  /** What a Pod would do that mounts the volume. */
  public void write(String volumeHandle, byte[] bytes) {
    Volume written = volumes.computeIfPresent(volumeHandle,
        (handle, old) -> new Volume(handle, old.capacity(), old.claim(), bytes.clone()));
    if (written == null) {
      throw new IllegalArgumentException("no volume " + volumeHandle);
    }
  }

  public Optional<byte[]> read(String volumeHandle) {
    return volume(volumeHandle).map(volume -> volume.bytes().clone());
  }

  public void deleteVolume(String handle) {
    volumes.remove(handle);
  }

  /** Also how a snapshot is lost: nobody in the cluster is told. */
  public void deleteSnapshot(String handle) {
    cuts.remove(handle);
  }
}
