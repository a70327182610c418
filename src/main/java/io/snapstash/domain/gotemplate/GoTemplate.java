package io.snapstash.domain.gotemplate;

import java.time.Instant;
import java.util.List;

/**
 * A text with actions in double braces (behaviour 11.7): output, {@code if}, {@code range}, {@code with}, variables,
 * pipelines, and the functions of {@link Functions}. Everything else is refused by name rather than printed wrong.
 * A template sees nothing but its data: it reads no file, no environment and no network, and ends after a bounded
 * number of steps.
 */
public final class GoTemplate {
  /** Most characters that a template may produce. */
  public static final int LONGEST = 256 * 1024;

  private final List<Node> nodes;

  private GoTemplate(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Whether a text has actions at all; one without is meant as it stands. */
  public static boolean isTemplate(String text) {
    return text.contains("{{");
  }

  /** Throws a {@link GoTemplateException} that says what is wrong; repeating does not help. */
  public static GoTemplate parse(String text) {
    return new GoTemplate(new Parser(Lexer.read(text)).parse());
  }

  /**
   * The text with its actions carried out, trimmed. Throws a {@link GoTemplateException}.
   *
   * @param data what the dot is: a {@link Struct}, a map, a list, a text, a number, a truth value
   * @param now what {@code now} gives
   */
  public String render(Object data, Instant now) {
    return new Run(data, now).render(nodes).strip();
  }
}
