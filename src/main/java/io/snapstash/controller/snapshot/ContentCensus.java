package io.snapstash.controller.snapshot;

import io.snapstash.csi.CsiTypes;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.List;

/**
 * Which contents of the cluster stand for which snapshot on which array. Contents are not followed, and to list them is
 * dear, so all who ask while a list is being read share the next one: nobody gets an answer older than the question.
 */
final class ContentCensus {
  private final KubeClient kube;
  private Future<List<Entry>> running;
  private Future<List<Entry>> next;

  ContentCensus(KubeClient kube) {
    this.kube = kube;
  }

  /** A content, in the few words that matter here. */
  record Entry(String name, String driver, String handle, String namespace, String volumeSnapshot) {
    boolean isSameSnapshotAs(String otherDriver, String otherHandle) {
      return driver.equals(otherDriver) && handle.equals(otherHandle);
    }
  }

  /** Contents with a handle, as they are after this call. To be called on the context of the verticle. */
  Future<List<Entry>> take() {
    if (running == null) {
      running = list();
      return running;
    }
    if (next == null) {
      next = running.transform(_ -> {
        running = next;
        next = null;
        return list();
      });
    }
    return next;
  }

  private Future<List<Entry>> list() {
    Future<List<Entry>> listed = kube.list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, Selection.EVERYTHING)
        .map(contents -> contents.stream().flatMap(content -> content.handle().map(handle -> new Entry(
            content.getMetadata().getName(), content.getSpec().driver(), handle,
            content.getSpec().volumeSnapshotRef().namespace(), content.getSpec().volumeSnapshotRef().name()))
            .stream()).toList());
    listed.onComplete(_ -> {
      if (next == null) {
        running = null;
      }
    });
    return listed;
  }
}
