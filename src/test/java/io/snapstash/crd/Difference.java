package io.snapstash.crd;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** A place where our schema says something else than the published one. */
record Difference(String path, String what) {
  /** All differences; what our schema keeps without naming it is none. */
  static List<Difference> between(FactSheet published, FactSheet ours) {
    List<Difference> found = new ArrayList<>();
    published.schemas().forEach((kind, schema) -> compare(kind, schema, ours.schemas().get(kind), found));
    return found;
  }

  private static void compare(String path, Fact published, Fact ours, List<Difference> found) {
    if (!published.type().equals(ours.type())) {
      found.add(new Difference(path, "type " + published.type() + " is " + ours.type()));
    }
    TreeSet<String> marks = new TreeSet<>(published.marks().keySet());
    marks.addAll(ours.marks().keySet());
    for (String mark : marks) {
      String before = published.marks().get(mark);
      String now = ours.marks().get(mark);
      if (!Objects.equals(before, now)) {
        found.add(new Difference(path, before == null ? mark + " added" : mark + " " + before + " is " + now));
      }
    }
    for (Fact child : published.below()) {
      String place = path + (child.name().equals("[]") ? "[]" : "." + child.name());
      ours.child(child.name()).ifPresentOrElse(own -> compare(place, child, own, found), () -> {
        if (!ours.keepsUnknownFields()) {
          found.add(new Difference(place, "missing"));
        }
      });
    }
    for (Fact own : ours.below()) {
      if (published.child(own.name()).isEmpty()) {
        found.add(new Difference(path + "." + own.name(), "new"));
      }
    }
  }

  @Override
  public String toString() {
    return path + " " + what;
  }
}
