package io.snapstash.picture;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * The whole state for people, bounded in size: long lists are cut, and {@link Cut} says by how much. It is also the JSON
 * of {@code /api/status}, whose fields are documented in the README; nothing of a Secret ever comes near it.
 *
 * @param schema raised when a field changes its meaning or goes; new fields may come at any time
 * @param at when it was computed
 */
public record Picture(int schema, Instant at, Headline headline, List<Application> applications, List<Run> runs,
    List<Store> repositories, List<Storage> storages, List<Failure> failures, List<OpenClaim> openClaims, Cut cut) {
  public static final int SCHEMA = 1;

  /** Something that stands on its own in one of the lists, and is known again by its id. */
  public sealed interface Card permits Application, Run, Store, Storage, Failure, OpenClaim {
    /** Unique in its list and stable over time. */
    String id();
  }

  /**
   * One line of truth.
   *
   * @param safe applications whose last good backup is as fresh as their schedule promises
   * @param late applications with a good backup that is older than that
   * @param unprotected applications without any good backup
   * @param oldest of the applications' last good backups the oldest; absent if there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Headline(int applications, @JsonProperty("protected") int safe, int late, int unprotected, int failing,
      int running, int openClaims, Moment oldest, Moment next) {}

  /** Something about an application at an instant. */
  public record Moment(String application, Instant at) {}

  /**
   * A target of backups.
   *
   * @param state protected, late or unprotected
   * @param lastGood the cut of the newest Succeeded Snapshot
   * @param goodUntil when the schedule promises a newer one at the latest
   * @param recent the last runs, oldest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Application(String id, String namespace, String kind, String name, String state, Instant lastGood,
      Instant goodUntil, Instant nextRun, List<Plan> plans, List<Cell> recent) implements Card {}

  /** A session of a BackupConfiguration. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Plan(String configuration, String session, String schedule, boolean paused, String phase,
      Instant nextRun) {}

  /** One run in the strip of an application. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Cell(String run, String session, String phase, Instant at, String duration, String message) {}

  /**
   * A backup or restore under way.
   *
   * @param kind BackupSession or RestoreSession
   * @param doing what it waits for, if a condition tells
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(String id, String kind, String namespace, String name, String application, String phase,
      Instant since, Instant deadline, int done, int total, List<Part> parts, String doing) implements Card {}

  /** A component of a run; done and total count volumes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(String name, String phase, int done, int total, String message) {}

  /**
   * A Repository and its Snapshots, newest last.
   *
   * @param succeeded how many Snapshots there are in all, of which only the newest and those that go next are listed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Store(String id, String namespace, String name, String application, String storage, String phase,
      String size, int succeeded, int failed, int running, Instant oldest, String retention, List<Point> snapshots)
      implements Card {}

  /**
   * A Snapshot on the timeline.
   *
   * @param fate keep or remove, at the next run of retention; absent if no policy decides
   * @param why the rules that keep it, or why it goes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(String name, String phase, Instant at, String size, String fate, String why) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Storage(String id, String namespace, String name, String provider, String place, String phase,
      String size, int repositories, String message) implements Card {}

  /**
   * Something that somebody has to look at.
   *
   * @param command shows more when pasted into a terminal
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Failure(String id, String kind, String namespace, String name, String condition, String reason,
      String message, Instant since, String command) implements Card {}

  /** A claim without any good backup. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OpenClaim(String id, String namespace, String name, Instant since) implements Card {}

  /** How many entries were left out of each list. */
  public record Cut(int applications, int runs, int repositories, int storages, int failures, int openClaims) {}
}
