package io.snapstash.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process has told lately, so that a pass that comes to the same end costs no request, and how much it has
 * told about each object: some at once, then one every few seconds. Small and forgetful; what is forgotten is asked of
 * the server.
 */
final class EventMemory {
  private static final int EVENTS = 4096;
  private static final int OBJECTS = 1024;
  private static final int AT_ONCE = 50;
  private static final Duration APART = Duration.ofSeconds(10);

  private record Told(String occurrence, Instant at) {}

  /** @param since when the allowance was last reckoned */
  private record Allowance(int left, Instant since) {}

  private final Duration lifetime;
  private final Map<String, Told> told = bounded(EVENTS);
  private final Map<String, Allowance> allowances = bounded(OBJECTS);

  EventMemory(Duration lifetime) {
    this.lifetime = lifetime;
  }

  synchronized boolean knows(String event, String occurrence, Instant now) {
    Told last = told.get(event);
    return last != null && last.occurrence().equals(occurrence)
        && (!occurrence.isEmpty() || last.at().plus(lifetime).isAfter(now));
  }

  synchronized boolean hasTold(String event) {
    return told.containsKey(event);
  }

  synchronized void note(String event, String occurrence, Instant now) {
    told.put(event, new Told(occurrence, now));
  }

  synchronized boolean mayTellAbout(String uid, Instant now) {
    Allowance before = allowances.getOrDefault(uid, new Allowance(AT_ONCE, now));
    long regained = Math.max(0, Duration.between(before.since(), now).dividedBy(APART));
    int left = (int) Math.min(AT_ONCE, before.left() + regained);
    allowances.put(uid, new Allowance(Math.max(0, left - 1), before.since().plus(APART.multipliedBy(regained))));
    return left > 0;
  }

  private static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
