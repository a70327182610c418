package io.snapstash.controller.restoresession;

import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import java.util.Optional;

/** A pair that was made for one restore, as far as it is still there. */
record LentPair(String contentName, Optional<VolumeSnapshotContent> content, Optional<VolumeSnapshot> snapshot) {}
