package io.snapstash.job;

import io.snapstash.api.Phases;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a claim, or a component of claims, ended: Succeeded, Failed or Unknown, and why. */
record ClaimEnd(String phase, Optional<String> text) {
  static ClaimEnd bound() {
    return new ClaimEnd(Phases.SUCCEEDED, Optional.empty());
  }

  static ClaimEnd failed(String why) {
    return new ClaimEnd(Phases.FAILED, Optional.of(why));
  }

  static ClaimEnd unknown(String why) {
    return new ClaimEnd(Phases.UNKNOWN, Optional.of(why));
  }

  /** Failed if any failed, else Unknown if any is, else Succeeded (behaviour 8.14). */
  static ClaimEnd of(String componentError, List<ClaimEnd> claims) {
    if (componentError != null) {
      return failed(componentError);
    }
    for (String phase : List.of(Phases.FAILED, Phases.UNKNOWN)) {
      String why = claims.stream().filter(claim -> claim.phase().equals(phase))
          .flatMap(claim -> claim.text().stream()).distinct().collect(Collectors.joining("; "));
      if (!why.isEmpty()) {
        return new ClaimEnd(phase, Optional.of(why));
      }
    }
    return bound();
  }
}
