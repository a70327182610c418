package io.snapstash.metrics;

import java.util.ArrayList;
import java.util.List;

/** A metric with its series. The name is the whole name, for counters with {@code _total}. */
public final class Family {
  /** Kinds of metric that we have. */
  public enum Type { GAUGE, COUNTER, HISTOGRAM }

  /**
   * A number.
   *
   * @param suffix what follows the name, for the parts of a histogram
   * @param labels name, value, name, value …
   */
  record Sample(String suffix, List<String> labels, double value) {}

  private final String name;
  private final Type type;
  private final String help;
  private final List<Sample> samples = new ArrayList<>();

  public Family(String name, Type type, String help) {
    this.name = name;
    this.type = type;
    this.help = help;
  }

  public Family add(List<String> labels, double value) {
    return add("", labels, value);
  }

  Family add(String suffix, List<String> labels, double value) {
    samples.add(new Sample(suffix, labels, value));
    return this;
  }

  public String name() {
    return name;
  }

  Type type() {
    return type;
  }

  String help() {
    return help;
  }

  List<Sample> samples() {
    return samples;
  }
}
