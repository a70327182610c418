package io.snapstash.domain.template;

/** Collects text up to a limit, so that short templates cannot write long books. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final int limit;

  Output(int limit) {
    this.limit = limit;
  }

  void append(String more) {
    if (more.length() > limit - text.length()) {
      throw new TemplateException("the result is larger than " + limit + " characters");
    }
    text.append(more);
  }

  void append(char more) {
    append(String.valueOf(more));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
