package io.snapstash.domain.gotemplate;

/** A word of a template, or a whole stretch of plain text. */
record Token(Kind kind, String text, Object value) {
  enum Kind { TEXT, OPEN, CLOSE, WORD, FIELD, VARIABLE, DOT, LITERAL, MARK }

  static Token of(Kind kind, String text) {
    return new Token(kind, text, null);
  }

  static Token literal(String text, Object value) {
    return new Token(Kind.LITERAL, text, value);
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }
}
