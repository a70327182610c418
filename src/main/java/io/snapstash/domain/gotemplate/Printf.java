package io.snapstash.domain.gotemplate;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's {@code printf} for the verbs s, v, d, f, q, t, x and the double percent sign. */
final class Printf {
  private static final Pattern VERB = Pattern.compile("%([-+0 ]*)(\\d{0,4})(?:\\.(\\d{1,3}))?(.)", Pattern.DOTALL);

  private Printf() {}

  static String format(String layout, List<Object> arguments) {
    StringBuilder out = new StringBuilder();
    Matcher verb = VERB.matcher(layout);
    int next = 0;
    while (verb.find()) {
      String shown = "%";
      if (!verb.group(4).equals("%")) {
        if (next >= arguments.size()) {
          throw new GoTemplateException("an argument is missing for " + verb.group());
        }
        shown = padded(verb, one(verb, arguments.get(next++)));
      }
      verb.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    if (next < arguments.size()) {
      throw new GoTemplateException("more arguments than verbs");
    }
    verb.appendTail(out);
    return out.toString();
  }

  private static String one(Matcher verb, Object value) {
    return switch (verb.group(4)) {
      case "s", "v" -> cut(Values.text(value), verb.group(3));
      case "q" -> quoted(Values.text(value));
      case "t" -> expect(value, Boolean.class, verb).toString();
      case "d" -> signed(verb, expect(value, Long.class, verb).toString());
      case "x" -> Long.toHexString(expect(value, Long.class, verb));
      case "f" -> signed(verb, String.format(Locale.ROOT, "%." + (verb.group(3) == null ? "6" : verb.group(3)) + "f",
          expect(value, Double.class, verb)));
      default -> throw new GoTemplateException(verb.group() + " is not supported");
    };
  }

  private static <T> T expect(Object value, Class<T> type, Matcher verb) {
    if (!type.isInstance(value)) {
      throw new GoTemplateException(verb.group() + " cannot show " + Values.kind(value));
    }
    return type.cast(value);
  }

  private static String cut(String text, String precision) {
    return precision == null ? text : text.substring(0, Math.min(text.length(), Integer.parseInt(precision)));
  }

  private static String signed(Matcher verb, String number) {
    return verb.group(1).contains("+") && !number.startsWith("-") ? "+" + number : number;
  }

  private static String padded(Matcher verb, String shown) {
    int missing = (verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2))) - shown.length();
    if (missing <= 0) {
      return shown;
    }
    if (verb.group(1).contains("-")) {
      return shown + " ".repeat(missing);
    }
    boolean zeros = verb.group(1).contains("0");
    return zeros && shown.startsWith("-") ? "-" + "0".repeat(missing) + shown.substring(1)
        : (zeros ? "0" : " ").repeat(missing) + shown;
  }

  /** As Go quotes: for the texts that people write, the same as JSON. */
  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
