package io.snapstash.picture;

import io.snapstash.api.BackupConfiguration;
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
  Fates UNKNOWN = (repository, users, _, _, _) -> new Verdict(
      String.join(", ", Stores.policies(repository, users)), Map.of());

  /** By the names of Snapshots. */
  record Verdict(String policy, Map<String, Fate> fates) {}

  /** @param why in a few words */
  record Fate(boolean decided, boolean goes, String why) {}

  /**
   * Of one Repository.
   *
   * @param users the BackupConfigurations that name it
   * @param snapshots oldest first
   */
  Verdict of(Repository repository, List<BackupConfiguration> users, List<Snapshot> snapshots, Inventory inventory,
      Instant now);
}
