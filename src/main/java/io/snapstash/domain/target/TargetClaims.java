package io.snapstash.domain.target;

import java.util.List;
import java.util.Optional;

/**
 * What has to be captured of a target.
 *
 * @param components in the order in which they are to be shown; never empty
 * @param notes volumes that are left out, a sentence each, for events
 */
public record TargetClaims(List<Component> components, List<String> notes) {
  public TargetClaims {
    components = List.copyOf(components);
    notes = List.copyOf(notes);
  }

  /**
   * A part that succeeds or fails as one.
   *
   * @param error why there is nothing to capture; then there are no claims
   */
  public record Component(String name, List<Claim> claims, Optional<String> error) {
    public Component {
      claims = List.copyOf(claims);
    }
  }

  /**
   * A PersistentVolumeClaim in the namespace of the target; whether it exists is not known here.
   *
   * @param hostPath where the workload mounts it; empty for a claim that stands alone
   */
  public record Claim(String name, Optional<String> hostPath) {}

  static Component failed(String error) {
    return new Component(ComponentNames.WHOLE, List.of(), Optional.of(error));
  }
}
