package io.snapstash.crash;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** What is otherwise in a final world than in the one that was wanted. */
final class Difference {
  private Difference() {}

  static List<String> of(SortedMap<String, String> wanted, SortedMap<String, String> found) {
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(found.keySet());
    // No work waits for an event (see Events): one may be lost with its connection or its process. None may be told
    // that would not have been told.
    names.removeIf(name -> name.startsWith("Event ") && !found.containsKey(name));
    return names.stream().filter(name -> !wanted.getOrDefault(name, "").equals(found.getOrDefault(name, "")))
        .map(name -> one(name, wanted, found)).toList();
  }

  private static String one(String name, Map<String, String> wanted, Map<String, String> found) {
    if (!found.containsKey(name)) {
      return "missing: " + name;
    }
    return wanted.containsKey(name) ? "otherwise: " + name + "\n    " + apart(wanted.get(name), found.get(name))
        : "too much: " + name + " " + found.get(name);
  }

  /** The part in which two texts differ, and a little before it. */
  private static String apart(String wanted, String found) {
    int begin = 0;
    while (begin < Math.min(wanted.length(), found.length()) && wanted.charAt(begin) == found.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < Math.min(wanted.length(), found.length()) - begin
        && wanted.charAt(wanted.length() - 1 - end) == found.charAt(found.length() - 1 - end)) {
      end++;
    }
    int from = Math.max(0, begin - 60);
    return "wanted …" + wanted.substring(from, wanted.length() - end) + "…\n    found  …"
        + found.substring(from, found.length() - end) + "…";
  }
}
