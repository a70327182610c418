package io.snapstash.domain.restore;

import java.util.List;
import java.util.Optional;

/**
 * One component with the claims that are to be made of it.
 *
 * @param notes entries of the Snapshot that no template takes, a sentence each
 * @param error why the component cannot be restored; then there are no claims
 */
public record MappedComponent(String name, List<MappedClaim> claims, List<String> notes, Optional<String> error) {
  public MappedComponent {
    claims = List.copyOf(claims);
    notes = List.copyOf(notes);
  }

  static MappedComponent failed(String name, String error) {
    return new MappedComponent(name, List.of(), List.of(), Optional.of(error));
  }
}
