package io.snapstash.csi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Instant;

/** A point-in-time copy of a claim, as a user sees it ({@code snapshot.storage.k8s.io/v1}). */
@Group("snapshot.storage.k8s.io")
@Version("v1")
public final class VolumeSnapshot extends CustomResource<VolumeSnapshot.Spec, VolumeSnapshot.Status>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(Source source, String volumeSnapshotClassName) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(String persistentVolumeClaimName, String volumeSnapshotContentName) {}

  /** {@code restoreSize} is a Kubernetes quantity. An error alone is not final: the driver may go on trying. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(String boundVolumeSnapshotContentName, Instant creationTime, Boolean readyToUse,
      String restoreSize, SnapshotError error) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SnapshotError(String message, Instant time) {}

  public boolean isReady() {
    return getStatus() != null && Boolean.TRUE.equals(getStatus().readyToUse());
  }
}
