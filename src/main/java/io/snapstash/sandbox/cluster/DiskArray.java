package io.snapstash.sandbox.cluster;

import io.snapstash.engine.ResourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
  private Path folder;

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

  /** Where file systems lie that Pods mount, such as those of an NFS server; gone when this process ends. */
  public synchronized Path folder() {
    if (folder == null) {
      try {
        folder = Files.createTempDirectory("snapstash-volumes");
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
      Path made = folder;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made), "volumes"));
    }
    return folder;
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException gone) {
      // Nobody is left to tell.
    }
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
