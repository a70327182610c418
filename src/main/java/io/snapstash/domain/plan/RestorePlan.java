package io.snapstash.domain.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What the operator has resolved for one restore Job, handed to it as JSON in the environment variable
 * {@code SNAPSTASH_PLAN} (behaviour 8.6-8.14). The Job creates the claims as they stand here and nothing else.
 *
 * @param session name of the RestoreSession
 * @param sessionUid marks the claims of this run, so that a re-run knows them (8.13)
 * @param deadline when the Job stops waiting ({@link PlanDeadline}), UTC
 */
public record RestorePlan(
    String session,
    String sessionNamespace,
    String sessionUid,
    Instant deadline,
    List<Component> components) {

  public RestorePlan {
    components = components == null ? List.of() : List.copyOf(components);
  }

  /**
   * A component of the restored Snapshot.
   *
   * @param notes what a person should know and what is no failure, for events
   * @param error why this component cannot be restored at all, or null; then it has no claims
   */
  public record Component(String name, List<Claim> claims, List<String> notes, String error) {
    public Component {
      claims = claims == null ? List.of() : List.copyOf(claims);
      notes = notes == null ? List.of() : List.copyOf(notes);
    }
  }

  /**
   * One PersistentVolumeClaim to create.
   *
   * @param manifest the whole object, data source included
   * @param snapshotNamespace with snapshotName the VolumeSnapshot that has to be ready first; both null if the
   *     template brings a source of another kind (8.8)
   * @param waitForFirstConsumer true: nobody will bind the claim before a Pod uses it, so do not wait; null: unknown
   * @param error why the claim cannot be made, or null
   * @param standIn true: the VolumeSnapshot was made by handle for something that is gone here, so it may never get
   *     ready, and nobody waits for that until the deadline
   */
  public record Claim(
      String namespace,
      String name,
      ObjectNode manifest,
      String snapshotNamespace,
      String snapshotName,
      Boolean waitForFirstConsumer,
      String error,
      Boolean standIn) {}
}
