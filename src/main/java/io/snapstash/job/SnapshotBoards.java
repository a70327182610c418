package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Snapshots of a run, written alike. One that has been deleted meanwhile does not hold up the others. */
final class SnapshotBoards {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotBoards.class);
  private final List<ComponentBoard> boards;

  SnapshotBoards(KubeClient kube, Patience patience, List<Snapshot> snapshots) {
    boards = snapshots.stream().map(snapshot -> {
      ResourceKey key = new ResourceKey(snapshot.getMetadata().getNamespace(), snapshot.getMetadata().getName());
      return new ComponentBoard(status -> patience.with(() -> send(kube, key, status)));
    }).toList();
  }

  Future<Void> write(ObjectNode status) {
    return Future.all(boards.stream().map(board -> board.write(status.deepCopy())).toList()).mapEmpty();
  }

  private static Future<Void> send(KubeClient kube, ResourceKey key, ObjectNode status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.set("status", status);
    return kube.patchStatus(ResourceTypes.SNAPSHOTS, key, patch).<Void>mapEmpty().recover(failure -> {
      if (KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND)) {
        LOG.warn("snapshot gone key={}", key);
        return Future.succeededFuture();
      }
      return Future.failedFuture(failure);
    });
  }
}
