package io.snapstash.metrics;

import io.snapstash.metrics.Family.Sample;
import java.util.List;
import java.util.Locale;

/** Families as text, in Prometheus' format 0.0.4 or in OpenMetrics 1.0. */
public final class MetricsText {
  public static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String TOTAL = "_total";

  private MetricsText() {}

  /** The content type that a client with this {@code Accept} header gets. */
  public static String typeFor(String accept) {
    return accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
  }

  public static String of(List<Family> families, String type) {
    boolean open = type.equals(OPEN_METRICS);
    StringBuilder out = new StringBuilder(families.size() * 256);
    families.stream().filter(family -> !family.samples().isEmpty()).forEach(family -> family(out, family, open));
    return out.append(open ? "# EOF\n" : "").toString();
  }

  /** OpenMetrics names a counter without the ending of its only sample. */
  private static void family(StringBuilder out, Family family, boolean open) {
    boolean bare = open && family.type() == Family.Type.COUNTER && family.name().endsWith(TOTAL);
    String title = bare ? family.name().substring(0, family.name().length() - TOTAL.length()) : family.name();
    out.append("# HELP ").append(title).append(' ').append(escape(family.help(), open)).append('\n');
    out.append("# TYPE ").append(title).append(' ').append(family.type().name().toLowerCase(Locale.ROOT)).append('\n');
    for (Sample sample : family.samples()) {
      out.append(family.name()).append(sample.suffix());
      labels(out, sample.labels());
      out.append(' ').append(number(sample.value())).append('\n');
    }
  }

  private static void labels(StringBuilder out, List<String> labels) {
    for (int at = 0; at < labels.size(); at += 2) {
      out.append(at == 0 ? '{' : ',').append(labels.get(at)).append("=\"").append(escape(labels.get(at + 1), true))
          .append('"');
    }
    if (!labels.isEmpty()) {
      out.append('}');
    }
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : Double.toString(value);
  }

  private static String escape(String text, boolean quotes) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quotes ? escaped.replace("\"", "\\\"") : escaped;
  }
}
