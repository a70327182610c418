package io.snapstash.csi;

import io.snapstash.kube.ResourceType;

/** The kinds of the external snapshotter. */
public final class CsiTypes {
  private static final String GROUP = "snapshot.storage.k8s.io";
  public static final ResourceType<VolumeSnapshot> VOLUME_SNAPSHOTS =
      new ResourceType<>(GROUP, "v1", "volumesnapshots", "VolumeSnapshot", true, VolumeSnapshot.class);
  public static final ResourceType<VolumeSnapshotContent> VOLUME_SNAPSHOT_CONTENTS = new ResourceType<>(
      GROUP, "v1", "volumesnapshotcontents", "VolumeSnapshotContent", false, VolumeSnapshotContent.class);
  public static final ResourceType<VolumeSnapshotClass> VOLUME_SNAPSHOT_CLASSES = new ResourceType<>(
      GROUP, "v1", "volumesnapshotclasses", "VolumeSnapshotClass", false, VolumeSnapshotClass.class);

  private CsiTypes() {}
}
