package io.snapstash.controller.restoresession;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.SnapshotPair;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.engine.ResourceKey;
import java.util.List;
import java.util.Map;

/**
 * What is written to make a pair (behaviour 8.12). One that stands for a rebuilt backup bears the mark of the run that
 * cut it, so that it can be given up like any other VolumeSnapshot of that run; one for a restore bears the restore's.
 */
final class PairManifests {
  private PairManifests() {}

  /** Content first: the other way round, the snapshot controller would only notice with its next attempt. */
  static List<Effect> make(SnapshotPair pair, RestoreSession restore, Snapshot source) {
    ObjectNode content = marked(pair.content(), pair, restore, source);
    if (pair.freedWithBackup() && !pair.forOneRestore()) {
      content.withObject("/metadata/annotations").put(Labels.CONTENT_POLICY, "Delete");
    }
    Proof ours = new Proof.Annotated(Labels.SNAPSHOT_HANDLE, pair.handle());
    return List.of(
        new Effect.Create(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, "", content, ours),
        new Effect.Create(CsiTypes.VOLUME_SNAPSHOTS, pair.snapshot().namespace(),
            marked(pair.volumeSnapshot(), pair, restore, source), ours));
  }

  /** A content that outlived its VolumeSnapshot is bound to the uid of the dead and refuses any other. */
  static Effect unbind(SnapshotPair pair) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations")
        .putNull("snapshot.storage.kubernetes.io/volumesnapshot-being-deleted");
    patch.putObject("spec").putObject("volumeSnapshotRef").putNull("uid").putNull("resourceVersion");
    return new Effect.Patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(pair.contentName()), patch);
  }

  private static ObjectNode marked(ObjectNode object, SnapshotPair pair, RestoreSession restore, Snapshot source) {
    ObjectNode annotations = object.withObject("/metadata/annotations").put(Labels.SNAPSHOT_HANDLE, pair.handle());
    ObjectNode labels = object.withObject("/metadata/labels");
    if (pair.forOneRestore()) {
      annotations.put(Labels.RESTORE_SESSION_UID, restore.getMetadata().getUid());
      OffshootLabels.of(new OffshootLabels.Owner("RestoreSession", restore.getMetadata().getNamespace(),
          restore.getMetadata().getName(), Map.of()), Labels.COMPONENT_RESTORE).forEach(labels::put);
      return object;
    }
    for (String mark : List.of(Labels.BACKUP_SESSION, Labels.BACKUP_SESSION_UID)) {
      if (!Metadata.annotation(source, mark).isEmpty()) {
        annotations.put(mark, Metadata.annotation(source, mark));
      }
    }
    OffshootLabels.ofVolumeSnapshot(source.getSpec().backupSession(), source.getMetadata().getNamespace(),
        source.getSpec().session() == null ? "" : source.getSpec().session()).forEach(labels::put);
    return object;
  }
}
