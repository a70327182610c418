package io.snapstash.csi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.ObjectReference;
import java.util.Optional;

/** The cluster-scoped half of a snapshot: which driver holds it, under which handle. */
@Group("snapshot.storage.k8s.io")
@Version("v1")
public final class VolumeSnapshotContent
    extends CustomResource<VolumeSnapshotContent.Spec, VolumeSnapshotContent.Status> {
  private static final long serialVersionUID = 1L;

  /** How the driver calls the snapshot, as soon as that is known: reported, or given with a content made by hand. */
  public Optional<String> handle() {
    return Optional.ofNullable(getStatus()).map(Status::snapshotHandle)
        .or(() -> Optional.ofNullable(getSpec()).map(Spec::source).map(Source::snapshotHandle));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(String driver, String deletionPolicy, String volumeSnapshotClassName, String sourceVolumeMode,
      Source source, Reference volumeSnapshotRef) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(String snapshotHandle, String volumeHandle) {}

  /** Which VolumeSnapshot this belongs to; the uid is set by the snapshot controller. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reference(String namespace, String name, String uid) {
    public ObjectReference toObjectReference() {
      return new ObjectReference(namespace, name);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(String snapshotHandle, Long restoreSize, Boolean readyToUse, Long creationTime,
      VolumeSnapshot.SnapshotError error) {}
}
