package io.snapstash.domain.turn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** So many snapshots that a run takes by one driver and class. */
public record Cut(String driver, String className, int count) {
  private static final Pattern WRITTEN = Pattern.compile("([^/=,]*)/([^/=,]*)=(\\d{1,6})");

  /** As an annotation keeps it. */
  public static String write(List<Cut> cuts) {
    return cuts.stream().map(cut -> cut.driver() + "/" + cut.className() + "=" + cut.count())
        .collect(Collectors.joining(","));
  }

  /** What cannot be read counts for nothing. */
  public static List<Cut> read(String text) {
    return Arrays.stream(text.split(",")).map(WRITTEN::matcher).filter(Matcher::matches)
        .map(found -> new Cut(found.group(1), found.group(2), Integer.parseInt(found.group(3)))).toList();
  }

  /** The resources that it takes part of, with what each allows. */
  List<Resource> resources(TurnLimits limits) {
    return List.of(new Resource("driver " + driver, limits.perDriver()),
        new Resource("class " + className, limits.perClass()));
  }

  /** Something of which only so much may be in use; zero means any number. */
  record Resource(String name, int limit) {
    Optional<String> refusal(int used, int wanted) {
      return limit == 0 || used == 0 || used + wanted <= limit ? Optional.empty()
          : Optional.of("snapshots of " + name + " are being taken, and " + limit + " at once are allowed");
    }
  }
}
