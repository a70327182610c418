package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The mounts of a Pod's first container as folders of this machine: what Pods share in a cluster, they share here. */
final class PodFolders {
  private static final Set<String> WORKING_SPACE = Set.of("tmp", "kubestash-tmp-volume");

  private PodFolders() {}

  /** @param claims from the name of a claim to that of its volume */
  static Map<Path, Path> of(Pod pod, DiskArray disks, UnaryOperator<String> claims) {
    Map<String, Volume> volumes = new HashMap<>();
    pod.getSpec().getVolumes().forEach(volume -> volumes.put(volume.getName(), volume));
    Map<Path, Path> folders = new HashMap<>();
    for (VolumeMount mount : pod.getSpec().getContainers().getFirst().getVolumeMounts()) {
      String source = source(pod, volumes.get(mount.getName()), claims);
      if (!source.isEmpty()) {
        String subPath = mount.getSubPath() == null ? "" : mount.getSubPath();
        folders.put(Path.of(mount.getMountPath()).normalize(), made(disks.folder().resolve(source).resolve(subPath)));
      }
    }
    return folders;
  }

  /** A relative path; empty for what every Pod of ours has for itself. */
  private static String source(Pod pod, Volume volume, UnaryOperator<String> claims) {
    if (volume == null || WORKING_SPACE.contains(volume.getName())) {
      return "";
    }
    if (volume.getHostPath() != null) {
      return "host/" + volume.getHostPath().getPath();
    }
    if (volume.getNfs() != null) {
      return "nfs/" + volume.getNfs().getServer() + "/" + volume.getNfs().getPath();
    }
    return volume.getPersistentVolumeClaim() == null ? "pods/" + pod.getMetadata().getUid() + "/" + volume.getName()
        : "claims/" + claims.apply(volume.getPersistentVolumeClaim().getClaimName());
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder.normalize());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
