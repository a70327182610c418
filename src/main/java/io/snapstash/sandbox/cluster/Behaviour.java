package io.snapstash.sandbox.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the simulated cluster behaves, and misbehaves on request. May be changed at any time from any thread; what is
 * under way keeps the duration it started with. Claims are named without their namespace.
 */
public final class Behaviour {
  private volatile Duration snapshotTime = Duration.ofSeconds(2);
  private volatile Duration provisionTime = Duration.ofSeconds(1);
  private volatile Duration podStartTime = Duration.ofMillis(500);
  private volatile Duration foreignRunTime = Duration.ofSeconds(1);
  private volatile int snapshotsAtOnce = Integer.MAX_VALUE;
  private volatile boolean podsRefused;
  private volatile Runnable healing = () -> { };
  private final Map<String, Duration> snapshotTimes = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> snapshotFailures = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> provisionFailures = new ConcurrentHashMap<>();
  private final Map<String, Boolean> stalled = new ConcurrentHashMap<>();

  /** Everything as fast as the machine goes; for stories, where time stands still. */
  public static Behaviour instant() {
    return new Behaviour().snapshotsTake(Duration.ZERO).provisioningTakes(Duration.ZERO)
        .podsStartAfter(Duration.ZERO).foreignContainersRun(Duration.ZERO);
  }

  /** From the cut until readyToUse. */
  public Behaviour snapshotsTake(Duration duration) {
    snapshotTime = duration;
    return this;
  }

  public Behaviour snapshotOfTakes(String claim, Duration duration) {
    snapshotTimes.put(claim, duration);
    return this;
  }

  public Behaviour provisioningTakes(Duration duration) {
    provisionTime = duration;
    return this;
  }

  public Behaviour podsStartAfter(Duration duration) {
    podStartTime = duration;
    return this;
  }

  /** Containers of images that are not ours, in Pods that are not restarted: exit code 0 after this time. */
  public Behaviour foreignContainersRun(Duration duration) {
    foreignRunTime = duration;
    return this;
  }

  /** More than that many snapshots of the driver are not worked on at once. */
  public Behaviour snapshotsAtOnce(int most) {
    snapshotsAtOnce = most;
    return this;
  }

  /** The driver answers the next attempts for this claim with an error; it goes on trying, as a real one does. */
  public Behaviour failSnapshotOf(String claim, int times) {
    snapshotFailures.put(claim, new AtomicInteger(times));
    return this;
  }

  public Behaviour failSnapshotOf(String claim) {
    return failSnapshotOf(claim, Integer.MAX_VALUE);
  }

  /** Its snapshots are cut and never become ready, without an error. */
  public Behaviour stallSnapshotOf(String claim) {
    stalled.put(claim, true);
    return this;
  }

  public Behaviour failProvisioningOf(String claim, int times) {
    provisionFailures.put(claim, new AtomicInteger(times));
    return this;
  }

  /** As a quota or Pod Security would: Jobs stay without Pods, with FailedCreate events only. */
  public Behaviour refusePods(boolean refuse) {
    podsRefused = refuse;
    return this;
  }

  /** Takes back every fault asked for so far for this claim. */
  public Behaviour heal(String claim) {
    snapshotTimes.remove(claim);
    snapshotFailures.remove(claim);
    provisionFailures.remove(claim);
    stalled.remove(claim);
    healing.run();
    return this;
  }

  void onHealing(Runnable listener) {
    healing = listener;
  }

  Optional<Duration> snapshotTimeOf(String claim) {
    return stalled.containsKey(claim) ? Optional.empty()
        : Optional.of(snapshotTimes.getOrDefault(claim, snapshotTime));
  }

  boolean failsSnapshotNow(String claim) {
    return consume(snapshotFailures.get(claim));
  }

  boolean failsProvisioningNow(String claim) {
    return consume(provisionFailures.get(claim));
  }

  int mostSnapshotsAtOnce() {
    return snapshotsAtOnce;
  }

  Duration provisionTime() {
    return provisionTime;
  }

  Duration podStartTime() {
    return podStartTime;
  }

  Duration foreignRunTime() {
    return foreignRunTime;
  }

  boolean podsRefused() {
    return podsRefused;
  }

  private static boolean consume(AtomicInteger left) {
    return left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }
}
