package io.snapstash.domain.plan;

import java.time.Instant;
import java.util.List;

/**
 * What the operator has resolved for one backup Job, handed to it as JSON in the environment variable
 * {@code SNAPSTASH_PLAN}: class and claims are settled, because the Job has no rights on cluster-scoped kinds
 * (behaviour 6.11). The Job writes every component into every Snapshot named here (6.7).
 *
 * @param session name of the BackupSession
 * @param sessionUid proof of ownership for the VolumeSnapshots of this run
 * @param invokerName name of the BackupConfiguration
 * @param sessionName name of the session inside the BackupConfiguration
 * @param nameSuffix the number that the names of the VolumeSnapshots end in (1.8)
 * @param deadline when the Job stops waiting ({@link PlanDeadline}), UTC; whatever is unfinished then has failed
 */
public record BackupPlan(
    String session,
    String sessionNamespace,
    String sessionUid,
    String invokerName,
    String sessionName,
    String nameSuffix,
    Instant deadline,
    List<SnapshotRef> snapshots,
    List<Component> components) {

  public BackupPlan {
    snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    components = components == null ? List.of() : List.copyOf(components);
  }

  /** A Snapshot object whose status the Job fills. */
  public record SnapshotRef(String namespace, String name) {}

  /**
   * A part of the target that succeeds or fails as one.
   *
   * @param error why this component cannot be backed up at all, or null
   */
  public record Component(String name, List<Claim> claims, String error) {
    public Component {
      claims = claims == null ? List.of() : List.copyOf(claims);
    }
  }

  /**
   * One PersistentVolumeClaim to snapshot.
   *
   * @param hostPath where the workload mounts it, or null for a claim that stands alone (6.10)
   * @param className VolumeSnapshotClass, or null for the default class of the cluster
   * @param error why no VolumeSnapshot can be made of it (6.12), or null
   */
  public record Claim(String namespace, String name, String hostPath, String className, String error) {}
}
