package io.snapstash.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys of objects (storage-layout 1.1): segments joined by {@code /}, without empty and {@code .} segments, so that
 * {@code /backup//demo/} and {@code backup/demo} are the same place. A {@code ..} segment is refused: it would reach
 * out of the prefix.
 */
public final class ObjectKeys {
  private ObjectKeys() {}

  /** The parts as one key; empty parts vanish, the empty key is the root. */
  public static String join(String... parts) {
    List<String> segments = new ArrayList<>();
    for (String part : parts) {
      addSegments(segments, part == null ? "" : part);
    }
    return String.join("/", segments);
  }

  /** What keys inside the folder start with; empty for the root. */
  static String inside(String folder) {
    return folder.isEmpty() ? "" : folder + "/";
  }

  private static void addSegments(List<String> segments, String part) {
    for (String segment : part.split("/", -1)) {
      if (segment.equals("..")) {
        throw StoreFailure.badConfiguration("'" + part + "' must not contain '..'");
      }
      if (segment.chars().anyMatch(Character::isISOControl)) {
        throw StoreFailure.badConfiguration("a prefix or directory must not contain control characters");
      }
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
  }
}
