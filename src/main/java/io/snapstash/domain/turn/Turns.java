package io.snapstash.domain.turn;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives runs their turn. Namespaces take turns, whatever each of them has waiting; within one, the oldest run goes first.
 * A run that has to wait for a driver or class holds a place there: none that comes after it may take snapshots of that
 * before it, so a run with many claims gets its turn, too. One that needs more than is allowed runs when nothing else is
 * under way there.
 *
 * <p>A namespace that has something waiting again keeps the place that follows from its last turn; a new one comes last.
 * Nothing here knows of time or cluster. After a restart, {@link #hold} tells of what is under way.
 */
public final class Turns {
  private record Waiting(String id, String namespace, Instant since, List<Cut> cuts) {}

  private static final Comparator<Waiting> OLDEST_FIRST =
      Comparator.comparing(Waiting::since).thenComparing(Waiting::id);

  private final TurnLimits limits;
  private final Map<String, List<Cut>> underWay = new HashMap<>();
  private final Map<String, Waiting> waiting = new TreeMap<>();
  /** When each namespace had its last turn, by a count of turns. */
  private final Map<String, Long> places = new HashMap<>();
  private long count;

  public Turns(TurnLimits limits) {
    this.limits = limits;
  }

  /**
   * Asks for a turn; to be repeated by whoever was told of one by {@link #release}, which changes nothing.
   *
   * @param since when the run came into being
   * @return why it has to wait; empty if it may begin
   */
  public synchronized Optional<String> ask(String id, String namespace, Instant since, List<Cut> cuts) {
    if (underWay.containsKey(id)) {
      underWay.put(id, List.copyOf(cuts));
      return Optional.empty();
    }
    places.computeIfAbsent(namespace, _ -> ++count);
    waiting.put(id, new Waiting(id, namespace, since, List.copyOf(cuts)));
    return Optional.ofNullable(judge().get(id));
  }

  /** A run that is under way, whoever began it. */
  public synchronized void hold(String id, List<Cut> cuts) {
    waiting.remove(id);
    underWay.put(id, List.copyOf(cuts));
  }

  /** Forgets a run that has ended or is gone, and tells whose turn has come by that. */
  public synchronized Set<String> release(String id) {
    if (underWay.remove(id) == null & waiting.remove(id) == null || waiting.isEmpty()) {
      return Set.of();
    }
    Set<String> before = new HashSet<>(waiting.keySet());
    judge();
    before.removeAll(waiting.keySet());
    return before;
  }

  /** Forgets everything: another process may have gone on meanwhile. */
  public synchronized void clear() {
    underWay.clear();
    waiting.clear();
  }

  /** Grants what can be granted; tells for all others why not. */
  private Map<String, String> judge() {
    Map<String, Integer> used = new HashMap<>();
    underWay.values().forEach(cuts -> take(cuts, used));
    Set<String> reserved = new HashSet<>();
    Map<String, String> refusals = new HashMap<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Waiting run : inTurn(refusals)) {
        Optional<String> refusal = refusal(run, used, reserved);
        if (refusal.isEmpty()) {
          begin(run, used);
          changed = true;
          break;
        }
        refusals.put(run.id(), refusal.get());
        resources(run).forEach(resource -> reserved.add(resource.name()));
      }
    }
    return refusals;
  }

  private void begin(Waiting run, Map<String, Integer> used) {
    waiting.remove(run.id());
    underWay.put(run.id(), run.cuts());
    take(run.cuts(), used);
    places.put(run.namespace(), ++count);
  }

  private List<Waiting> inTurn(Map<String, String> refusals) {
    return waiting.values().stream().filter(run -> !refusals.containsKey(run.id()))
        .sorted(Comparator.<Waiting, Long>comparing(run -> places.get(run.namespace())).thenComparing(OLDEST_FIRST))
        .toList();
  }

  private Optional<String> refusal(Waiting run, Map<String, Integer> used, Set<String> reserved) {
    if (isFull()) {
      return Optional.of("other backups are under way, and " + limits.runs() + " at once are allowed");
    }
    Map<String, Integer> wanted = new HashMap<>();
    take(run.cuts(), wanted);
    return resources(run).stream().map(resource -> reserved.contains(resource.name())
            ? Optional.of("others wait for snapshots of " + resource.name() + " before it")
            : resource.refusal(used.getOrDefault(resource.name(), 0), wanted.get(resource.name())))
        .flatMap(Optional::stream).findFirst();
  }

  private boolean isFull() {
    return limits.runs() > 0 && underWay.size() >= limits.runs();
  }

  private List<Cut.Resource> resources(Waiting run) {
    return run.cuts().stream().flatMap(cut -> cut.resources(limits).stream())
        .filter(resource -> resource.limit() > 0).toList();
  }

  private void take(List<Cut> cuts, Map<String, Integer> used) {
    cuts.forEach(cut -> cut.resources(limits).forEach(resource ->
        used.merge(resource.name(), cut.count(), Integer::sum)));
  }
}
