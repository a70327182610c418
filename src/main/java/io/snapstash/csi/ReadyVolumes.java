package io.snapstash.csi;

import io.snapstash.api.Labels;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Selection;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which claims of a backup have been saved so far, as the VolumeSnapshots of its run tell. */
public final class ReadyVolumes {
  private ReadyVolumes() {}

  /** The VolumeSnapshots of a BackupSession; the label may be shortened and serves to find, never to prove. */
  public static Selection of(String session) {
    return Selection.labelled(Labels.INVOKER_NAME + "=" + Shortening.labelValue(session));
  }

  /** Claims whose VolumeSnapshot is ready, by the uid of the BackupSession that it bears the mark of. */
  public static Map<String, Set<ResourceKey>> byRun(Collection<VolumeSnapshot> snapshots) {
    return snapshots.stream().filter(each -> each.isReady() && run(each).isPresent() && claim(each).isPresent())
        .collect(Collectors.groupingBy(each -> run(each).orElseThrow(), Collectors.mapping(
            each -> new ResourceKey(each.getMetadata().getNamespace(), claim(each).orElseThrow()), Collectors.toSet())));
  }

  private static Optional<String> run(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Labels.BACKUP_SESSION_UID));
  }

  private static Optional<String> claim(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getSpec()).map(VolumeSnapshot.Spec::source)
        .map(VolumeSnapshot.Source::persistentVolumeClaimName);
  }
}
