package io.snapstash.domain.gotemplate;

import io.snapstash.domain.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into its words. */
final class Lexer {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean trimsNext;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> read(String source) {
    Lexer lexer = new Lexer(source);
    while (lexer.at < source.length()) {
      lexer.stretch();
    }
    return lexer.tokens;
  }

  /** Plain text and the action that ends it. */
  private void stretch() {
    int open = source.indexOf(OPEN, at);
    String text = open < 0 ? source.substring(at) : source.substring(at, open);
    boolean trimsBefore = open >= 0 && source.startsWith("-", open + 2) && isSpace(open + 3);
    text = trimsNext ? text.stripLeading() : text;
    text = trimsBefore ? text.stripTrailing() : text;
    trimsNext = false;
    if (!text.isEmpty()) {
      tokens.add(Token.of(Kind.TEXT, text));
    }
    if (open < 0) {
      at = source.length();
      return;
    }
    at = open + (trimsBefore ? 3 : 2);
    if (!comment()) {
      tokens.add(Token.of(Kind.OPEN, OPEN));
      action();
      tokens.add(Token.of(Kind.CLOSE, CLOSE));
    }
  }

  private boolean comment() {
    int start = at;
    while (isSpace(start)) {
      start++;
    }
    if (!source.startsWith("/*", start)) {
      return false;
    }
    int end = source.indexOf("*/", start);
    at = end < 0 ? source.length() : end + 2;
    if (end < 0 || !closes()) {
      throw new GoTemplateException("a comment without '*/}}'");
    }
    return true;
  }

  private void action() {
    while (!closes()) {
      if (at >= source.length()) {
        throw new GoTemplateException("'{{' without '}}'");
      }
      token();
    }
  }

  private boolean closes() {
    int from = at;
    while (isSpace(at)) {
      at++;
    }
    if (at > from && source.startsWith("-" + CLOSE, at)) {
      at += 3;
      trimsNext = true;
      return true;
    }
    if (source.startsWith(CLOSE, at)) {
      at += 2;
      return true;
    }
    return false;
  }

  private void token() {
    char c = source.charAt(at);
    if (c == '"') {
      quoted();
    } else if (c == '`') {
      int end = source.indexOf('`', at + 1);
      require(end > 0, "'`' without another");
      tokens.add(Token.literal("text", source.substring(at + 1, end)));
      at = end + 1;
    } else if (c == '$') {
      at++;
      tokens.add(Token.of(Kind.VARIABLE, word()));
      fields();
    } else if (c == '.' && !isDigit(at + 1)) {
      dot();
    } else if (isDigit(at) || (c == '-' || c == '+' || c == '.') && isDigit(at + 1)) {
      number();
    } else if (isLetter(c)) {
      tokens.add(Token.of(Kind.WORD, word()));
    } else if (source.startsWith(":=", at)) {
      mark(":=");
    } else if ("()|,=".indexOf(c) >= 0) {
      mark("" + c);
      if (c == ')') {
        fields();
      }
    } else {
      throw new GoTemplateException("unexpected '" + c + "'");
    }
  }

  private void dot() {
    if (at + 1 < source.length() && isLetter(source.charAt(at + 1))) {
      tokens.add(Token.of(Kind.DOT, "."));
      fields();
    } else {
      at++;
      tokens.add(Token.of(Kind.DOT, "."));
    }
  }

  private void fields() {
    while (at + 1 < source.length() && source.charAt(at) == '.' && isLetter(source.charAt(at + 1))) {
      at++;
      tokens.add(Token.of(Kind.FIELD, word()));
    }
  }

  private void mark(String mark) {
    at += mark.length();
    tokens.add(Token.of(Kind.MARK, mark));
  }

  private String word() {
    int start = at;
    while (at < source.length() && (isLetter(source.charAt(at)) || isDigit(at))) {
      at++;
    }
    return source.substring(start, at);
  }

  private void number() {
    int start = at++;
    while (at < source.length() && (isDigit(at) || source.charAt(at) == '.' || isLetter(source.charAt(at)))) {
      at++;
    }
    String text = source.substring(start, at);
    try {
      tokens.add(Token.literal(text, text.contains(".") ? (Object) Double.valueOf(text) : Long.valueOf(text)));
    } catch (NumberFormatException notOne) {
      throw new GoTemplateException("'" + text + "' is no number");
    }
  }

  private void quoted() {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < source.length() && source.charAt(at) != '"') {
      char c = source.charAt(at++);
      if (c == '\n') {
        break;
      }
      text.append(c == '\\' && at < source.length() ? escaped(source.charAt(at++)) : c);
    }
    require(at < source.length() && source.charAt(at) == '"', "'\"' without another");
    at++;
    tokens.add(Token.literal("text", text.toString()));
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '"', '\\', '\'' -> c;
      default -> throw new GoTemplateException("unknown escape '\\" + c + "'");
    };
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new GoTemplateException(otherwise);
    }
  }

  private boolean isSpace(int where) {
    return where < source.length() && Character.isWhitespace(source.charAt(where));
  }

  private boolean isDigit(int where) {
    return where < source.length() && source.charAt(where) >= '0' && source.charAt(where) <= '9';
  }

  private static boolean isLetter(char c) {
    return c == '_' || Character.isLetter(c);
  }
}
