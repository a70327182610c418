package io.snapstash.app;

import java.time.Duration;
import java.util.Set;

/**
 * How the operator works, checked as a whole before anything starts. Every setting stands with default, unit and
 * meaning in {@code conf/snapstash.yaml}; {@link SettingsReader} says where values come from.
 *
 * @param watchNamespaces where the operator works; empty means everywhere
 */
public record Settings(Log log, Http http, Webhooks webhooks, Metrics metrics, String image,
    Set<String> watchNamespaces, int concurrency,
    Job job, Kube kube,
    LeaderElection leaderElection, Retry retry, Backup backup, Limits limits,
    Storage storage, Catalogue catalogue, Snapshots snapshots, Duration shutdownGrace) {
  /** How and how much is logged. */
  public record Log(Level level, Format format) {}

  /** Levels of the log. */
  public enum Level { ERROR, WARN, INFO, DEBUG }

  /** Lines of text, or one JSON object per line. */
  public enum Format { TEXT, JSON }

  /** @param tokenFromLoopback whether those who come through a port-forward need a token too */
  public record Http(String host, int port, boolean tokenFromLoopback) {}

  /** @param enabled whether the operator, in a Pod, serves admission webhooks */
  public record Webhooks(boolean enabled, int port) {}

  /** @param newestPerOwner how many Snapshots of a Repository, and runs of a session, have series of their own */
  public record Metrics(int newestPerOwner) {}

  /** What the containers of Jobs request where nobody says what they need; empty for nothing. */
  public record Job(String cpu, String memory) {}

  /** Limits towards the API server. */
  public record Kube(int maxRequests, Duration requestTimeout) {}

  /** @param namespace where the Lease is kept; empty for the Pod's own */
  public record LeaderElection(boolean enabled, String namespace) {}

  /** Delays between attempts, doubling from the first to the longest. */
  public record Retry(Duration initial, Duration max) {}

  /** Time limits of runs that name none themselves; zero means none. */
  public record Backup(Duration defaultBackupTimeout, Duration defaultRestoreTimeout, Duration podPendingThreshold,
      Duration startSpread) {}

  /** How much may be under way at once; zero means any number. */
  public record Limits(int runs, int snapshotsPerDriver, int snapshotsPerClass) {}

  /** @param localFolder where {@code local} backends are kept; empty on a cluster */
  public record Storage(Duration recheck, Duration requestTimeout, String localFolder, Cloud gcs, Cloud azure) {}

  /** @param importHandles whether VolumeSnapshots may be made from the handles that a catalogue remembers */
  public record Catalogue(boolean importHandles) {}

  public record Snapshots(ContentPolicy contentPolicy) {}

  /** What the VolumeSnapshotContents of backups say: Retain, or what their class says. */
  public enum ContentPolicy { CLASS, RETAIN }

  /** @param endpoint URL of the cloud's storage service; empty for the public one */
  public record Cloud(String endpoint) {}
}
