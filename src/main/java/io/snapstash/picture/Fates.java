package io.snapstash.picture;

import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What retention will do to the Snapshots of a Repository when it runs next. */
@FunctionalInterface
public interface Fates {
  Fate UNDECIDED = new Fate(false, false, "");

  /** Nobody can tell. */
  Fates UNKNOWN = (repository, _, inventory, _) -> new Verdict(
      String.join(", ", Stores.policies(repository, inventory)), Map.of());

  /** By the names of Snapshots. */
  record Verdict(String policy, Map<String, Fate> fates) {}

  /** @param why in a few words */
  record Fate(boolean decided, boolean goes, String why) {}

  /** @param snapshots oldest first */
  Verdict of(Repository repository, List<Snapshot> snapshots, Inventory inventory, Instant now);
}
