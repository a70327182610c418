package io.snapstash.sandbox.apiserver;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every request that was answered, in the order of the answers. May be used from any thread. */
public final class RequestLog {
  /**
   * One request. Empty texts stand for what it did not have.
   *
   * @param verb get, list, watch, create, update, patch, delete or deletecollection; lower-case method for other paths
   * @param resource plural, or empty if the path names no resource (discovery, health)
   * @param user who asked: bearer token, or user of basic authentication, or {@code admin}
   * @param status HTTP status; 0 if the connection was reset instead
   */
  public record Entry(Instant time, String verb, String group, String resource, String subresource, String namespace,
      String name, String userAgent, String user, int status, String path) {
    /** Verb and resource with subresource, such as {@code patch jobs/status}. */
    public String what() {
      return (verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource)).trim();
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  public synchronized List<Entry> all() {
    return List.copyOf(entries);
  }

  public synchronized int size() {
    return entries.size();
  }

  public List<Entry> matching(Predicate<Entry> filter) {
    return all().stream().filter(filter).toList();
  }

  public long count(Predicate<Entry> filter) {
    return all().stream().filter(filter).count();
  }

  public long count(String verb, String resource) {
    return count(entry -> entry.verb().equals(verb) && entry.resource().equals(resource));
  }

  /** How often each {@link Entry#what()} was asked. */
  public Map<String, Long> tally() {
    return all().stream().collect(Collectors.groupingBy(Entry::what, TreeMap::new, Collectors.counting()));
  }

  public synchronized void clear() {
    entries.clear();
  }
}
