package io.snapstash.controller.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one VolumeSnapshot of ours goes (behaviour 10.1). What it frees on the array is free for every VolumeSnapshot
 * that has the same handle, and those would go on saying that they are ready: so use is counted by handle.
 */
final class Removal {
  private final KubeClient kube;
  private final ContentCensus census;

  Removal(KubeClient kube) {
    this.kube = kube;
    this.census = new ContentCensus(kube);
  }

  Future<Held> of(VolumeSnapshot ours) {
    ResourceKey key = Metadata.key(ours);
    return content(ours).compose(content -> {
      Optional<String> handle = content.flatMap(VolumeSnapshotContent::handle);
      if (handle.isEmpty()) {
        return Future.succeededFuture(new Held.Removable(key, List.of(deletion(ours))));
      }
      return census.take().compose(all -> {
        List<ContentCensus.Entry> others = all.stream()
            .filter(each -> !each.name().equals(content.get().getMetadata().getName())
                && each.isSameSnapshotAs(content.get().getSpec().driver(), handle.get())).toList();
        return living(others).map(living -> judge(ours, content.get(), others, living));
      });
    });
  }

  private Future<Optional<VolumeSnapshotContent>> content(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(VolumeSnapshot.Status::boundVolumeSnapshotContentName)
        .map(name -> kube.find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  /** VolumeSnapshots that are bound to one of these contents; one of the same name with another content is not. */
  private Future<List<VolumeSnapshot>> living(List<ContentCensus.Entry> contents) {
    List<Future<Optional<VolumeSnapshot>>> looks = contents.stream().map(entry ->
        kube.find(CsiTypes.VOLUME_SNAPSHOTS, new ResourceKey(entry.namespace(), entry.volumeSnapshot()))
            .map(found -> found.filter(each -> isBoundTo(each, entry)))).toList();
    return Future.all(looks).map(_ -> looks.stream().flatMap(each -> each.result().stream()).toList());
  }

  private static boolean isBoundTo(VolumeSnapshot snapshot, ContentCensus.Entry entry) {
    boolean asks = snapshot.getSpec() != null && snapshot.getSpec().source() != null
        && entry.name().equals(snapshot.getSpec().source().volumeSnapshotContentName());
    return asks || snapshot.getStatus() != null
        && entry.name().equals(snapshot.getStatus().boundVolumeSnapshotContentName());
  }

  private static Held judge(VolumeSnapshot ours, VolumeSnapshotContent content, List<ContentCensus.Entry> others,
      List<VolumeSnapshot> living) {
    ResourceKey key = Metadata.key(ours);
    Optional<VolumeSnapshot> other = living.stream().findFirst();
    if (other.isPresent()) {
      String who = "VolumeSnapshot " + Metadata.key(other.get()) + " stands for the same snapshot of the driver";
      return Metadata.annotation(other.get(), Labels.RESTORE_SESSION_UID).isEmpty()
          ? new Held.Kept(key, who) : new Held.Awaited(key, who + " until its restore is over");
    }
    boolean setByUs = "Delete".equals(Metadata.annotation(content, Labels.CONTENT_POLICY));
    List<Effect> effects = new ArrayList<>();
    if (setByUs && "Retain".equals(content.getSpec().deletionPolicy())) {
      effects.add(free(content));
    }
    if (setByUs || "Delete".equals(content.getSpec().deletionPolicy())) {
      others.stream().filter(each -> key.equals(new ResourceKey(each.namespace(), each.volumeSnapshot())))
          .forEach(each -> effects.add(new Effect.Delete(CsiTypes.VOLUME_SNAPSHOT_CONTENTS,
              ResourceKey.clusterScoped(each.name()), DeleteOptions.BACKGROUND)));
    }
    effects.add(deletion(ours));
    return new Held.Removable(key, effects);
  }

  private static Effect deletion(VolumeSnapshot snapshot) {
    return new Effect.Delete(CsiTypes.VOLUME_SNAPSHOTS, Metadata.key(snapshot),
        DeleteOptions.exactly(snapshot.getMetadata().getUid()));
  }

  private static Effect free(VolumeSnapshotContent content) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("deletionPolicy", "Delete");
    return new Effect.Patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, Metadata.key(content), patch);
  }

  /** Sets a content to Retain and remembers what it said (storage-layout 6.3). */
  static ObjectNode retaining(VolumeSnapshotContent content) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations")
        .put(Labels.CONTENT_POLICY, content.getSpec().deletionPolicy());
    patch.putObject("spec").put("deletionPolicy", "Retain");
    return patch;
  }
}
