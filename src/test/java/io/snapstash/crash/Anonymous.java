package io.snapstash.crash;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Takes out of a final world what no two runs have in common: namespace, bucket and its address, uids, times, random
 * identities. A uid is told as the object that bears it, so that a reference to a wrong object, or to none, is seen.
 */
final class Anonymous {
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  /** Seconds since 1970 in names of runs and of what they make. */
  private static final Pattern SECONDS = Pattern.compile("(?<!\\d)17\\d{8}(?!\\d)");
  /** Minutes since 1970 in names of Jobs of a CronJob. */
  private static final Pattern MINUTES = Pattern.compile("(?<!\\d)29\\d{6}(?!\\d)");
  private static final Pattern ULID = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{26}\\b");
  /** A VolumeSnapshotContent that we make is named after a uid, by its fingerprint. */
  private static final Pattern FINGERPRINT = Pattern.compile("snapstash-[0-9a-f]{32}");
  private static final Pattern DURATION = Pattern.compile("(\"?[dD]uration\"?: ?\"?)[0-9][0-9hms.]*");

  private final Map<String, String> own;
  private final Map<String, String> owners;

  /**
   * @param own words that only this world has, and what stands for them
   * @param owners kind and name of objects by their uid
   */
  Anonymous(Map<String, String> own, Map<String, String> owners) {
    this.own = own;
    this.owners = owners;
  }

  SortedMap<String, String> of(SortedMap<String, String> raw) {
    SortedMap<String, String> named = new TreeMap<>();
    raw.forEach((name, look) -> named.put(plain(name), plain(look)));
    // Runs keep their order: the first is the first of each world.
    TreeSet<String> moments = new TreeSet<>();
    named.forEach((name, look) -> {
      SECONDS.matcher(name + look).results().map(MatchResult::group).forEach(moments::add);
      MINUTES.matcher(name + look).results().map(MatchResult::group).forEach(moments::add);
    });
    SortedMap<String, String> ordered = new TreeMap<>();
    named.forEach((name, look) -> ordered.put(ordered(name, moments), ordered(look, moments)));
    return ordered;
  }

  private static String ordered(String text, TreeSet<String> moments) {
    String result = text;
    for (String moment : moments) {
      result = result.replace(moment, "moment" + moments.headSet(moment).size());
    }
    return result;
  }

  private String owned(String text) {
    return UID.matcher(text).replaceAll(found -> owners.getOrDefault(found.group(), "uid-of-nobody"));
  }

  private String plain(String text) {
    // Twice, because the name of an owner may hold a uid itself.
    String times = TIME.matcher(FINGERPRINT.matcher(owned(owned(text))).replaceAll("snapstash-FINGERPRINT"))
        .replaceAll("TIME");
    String plain = DURATION.matcher(ULID.matcher(times).replaceAll("ULID")).replaceAll("$1DURATION");
    for (Map.Entry<String, String> word : own.entrySet()) {
      plain = plain.replace(word.getKey(), word.getValue());
    }
    return plain;
  }
}
