package io.snapstash.domain.restore;

import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which components of a Snapshot are restored, in natural order (behaviour 8.4, 8.6, 18.19). */
public final class ComponentChoice {
  private static final String PREFIX = "volumesnapshot-";
  private static final Pattern POD = Pattern.compile(".*-pod-(\\d{1,9})");

  private ComponentChoice() {}

  /** All of them, or those asked for; a name that fits nothing stays in the list, to fail there. */
  public static List<String> of(RestoreDataSource source, Snapshot snapshot) {
    Set<String> present = Optional.ofNullable(snapshot.getStatus()).map(status -> status.components())
        .map(Map::keySet).orElse(Set.of());
    List<String> wanted = Optional.ofNullable(source.components()).orElse(List.of());
    return (wanted.isEmpty() ? present.stream() : wanted.stream().map(name -> fullName(name, present)))
        .distinct().sorted(natural()).toList();
  }

  private static String fullName(String name, Set<String> present) {
    return !present.contains(name) && present.contains(PREFIX + name) ? PREFIX + name : name;
  }

  /** The value of {@code POD_ORDINAL}: 0 for a component that is no Pod's. */
  static String ordinal(String component) {
    Matcher matcher = POD.matcher(component);
    return matcher.matches() ? matcher.group(1) : "0";
  }

  private static Comparator<String> natural() {
    return Comparator.<String>comparingInt(name -> POD.matcher(name).matches() ? 1 : 0)
        .thenComparingInt(name -> Integer.parseInt(ordinal(name))).thenComparing(Comparator.naturalOrder());
  }
}
