package io.snapstash.domain.gotemplate;

import io.snapstash.domain.gotemplate.Node.Command;
import io.snapstash.domain.gotemplate.Node.Operand;
import io.snapstash.domain.gotemplate.Node.Pipeline;
import io.snapstash.domain.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes nodes of tokens. */
final class Parser {
  private static final int DEEPEST = 50;
  private static final Set<String> UNSUPPORTED = Set.of("template", "define", "block");

  private final List<Token> tokens;
  private int at;
  private int depth;

  Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  List<Node> parse() {
    List<Node> nodes = nodes(false);
    if (at < tokens.size()) {
      throw new GoTemplateException("{{" + tokens.get(at + 1).text() + "}} without a beginning");
    }
    return nodes;
  }

  /** Up to an {@code end} or {@code else}, which is left where it is. */
  private List<Node> nodes(boolean loop) {
    if (++depth > DEEPEST) {
      throw new GoTemplateException("more than " + DEEPEST + " levels inside each other");
    }
    List<Node> nodes = new ArrayList<>();
    while (at < tokens.size() && !(peek(Kind.OPEN, "{{") && (peek(1, "end") || peek(1, "else")))) {
      Token token = tokens.get(at++);
      nodes.add(token.kind() == Kind.TEXT ? new Node.Text(token.text()) : action(loop));
    }
    depth--;
    return List.copyOf(nodes);
  }

  private Node action(boolean loop) {
    Token first = tokens.get(at);
    if (first.kind() == Kind.WORD) {
      switch (first.text()) {
        case "if" -> {
          at++;
          return branch(loop);
        }
        case "with" -> {
          at++;
          return with(loop);
        }
        case "range" -> {
          at++;
          return range();
        }
        case "break", "continue" -> {
          at++;
          close();
          if (!loop) {
            throw new GoTemplateException("{{" + first.text() + "}} outside of a range");
          }
          return new Node.Leave(first.text().equals("continue"));
        }
        default -> {
          if (UNSUPPORTED.contains(first.text())) {
            throw new GoTemplateException("{{" + first.text() + "}} is not supported");
          }
        }
      }
    }
    Node simple = isAssignment() ? assignment() : new Node.Output(pipeline());
    close();
    return simple;
  }

  private boolean isAssignment() {
    return tokens.get(at).kind() == Kind.VARIABLE && (mark(1, ":=") || mark(1, "="));
  }

  private Node.Assignment assignment() {
    String name = tokens.get(at).text();
    boolean declares = mark(1, ":=");
    at += 2;
    return new Node.Assignment(name, declares, pipeline());
  }

  private Optional<String> declared() {
    if (tokens.get(at).kind() == Kind.VARIABLE && mark(1, ":=")) {
      at += 2;
      return Optional.of(tokens.get(at - 2).text());
    }
    return Optional.empty();
  }

  private Node branch(boolean loop) {
    Optional<String> variable = declared();
    Pipeline condition = pipeline();
    close();
    List<Node> then = nodes(loop);
    return new Node.Branch(condition, variable, then, rest("if", loop));
  }

  private Node with(boolean loop) {
    Optional<String> variable = declared();
    Pipeline subject = pipeline();
    close();
    List<Node> then = nodes(loop);
    return new Node.With(subject, variable, then, rest("with", loop));
  }

  private Node range() {
    List<String> variables = new ArrayList<>();
    if (tokens.get(at).kind() == Kind.VARIABLE && (mark(1, ":=") || mark(1, ","))) {
      variables.add(tokens.get(at++).text());
      if (mark(0, ",")) {
        at++;
        variables.add(expect(Kind.VARIABLE, "a variable").text());
      }
      if (!mark(0, ":=")) {
        throw new GoTemplateException("':=' expected in range");
      }
      at++;
    }
    Pipeline subject = pipeline();
    close();
    List<Node> body = nodes(true);
    return new Node.Range(subject, List.copyOf(variables), body, rest("range", false));
  }

  /** What follows {@code else}, if there is one, up to and with {@code end}. */
  private List<Node> rest(String of, boolean loop) {
    if (at >= tokens.size()) {
      throw new GoTemplateException("{{" + of + "}} without {{end}}");
    }
    at++;
    boolean otherwise = expect(Kind.WORD, "end").text().equals("else");
    if (otherwise && (peek(0, "if") || peek(0, "with")) && !of.equals("range")) {
      boolean more = tokens.get(at++).text().equals("if");
      return List.of(more ? branch(loop) : with(loop));
    }
    close();
    if (!otherwise) {
      return List.of();
    }
    List<Node> nodes = nodes(loop);
    if (at >= tokens.size()) {
      throw new GoTemplateException("{{" + of + "}} without {{end}}");
    }
    at++;
    if (!expect(Kind.WORD, "end").text().equals("end")) {
      throw new GoTemplateException("a second {{else}}");
    }
    close();
    return nodes;
  }

  private Pipeline pipeline() {
    if (++depth > DEEPEST) {
      throw new GoTemplateException("more than " + DEEPEST + " levels inside each other");
    }
    List<Command> commands = new ArrayList<>();
    commands.add(command());
    while (mark(0, "|")) {
      at++;
      commands.add(command());
    }
    depth--;
    return new Pipeline(List.copyOf(commands));
  }

  private Command command() {
    List<Operand> operands = new ArrayList<>();
    while (tokens.get(at).kind() != Kind.CLOSE && !mark(0, "|") && !mark(0, ")")) {
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      throw new GoTemplateException("an empty action");
    }
    if (operands.size() > 1 && !(operands.getFirst() instanceof Operand.Call)) {
      throw new GoTemplateException("a value cannot be called with arguments");
    }
    return new Command(List.copyOf(operands));
  }

  private Operand operand() {
    Token token = tokens.get(at++);
    return switch (token.kind()) {
      case LITERAL -> new Operand.Literal(token.value());
      case DOT -> new Operand.Variable(Optional.empty(), path());
      case VARIABLE -> new Operand.Variable(Optional.of(token.text()), path());
      case WORD -> switch (token.text()) {
        case "true" -> new Operand.Literal(true);
        case "false" -> new Operand.Literal(false);
        case "nil" -> throw new GoTemplateException("nil is not supported");
        default -> new Operand.Call(Functions.known(token.text()));
      };
      case MARK -> nested(token);
      default -> throw new GoTemplateException("unexpected '" + token.text() + "'");
    };
  }

  private Operand nested(Token token) {
    if (!token.text().equals("(")) {
      throw new GoTemplateException("unexpected '" + token.text() + "'");
    }
    Pipeline inner = pipeline();
    if (!mark(0, ")")) {
      throw new GoTemplateException("'(' without ')'");
    }
    at++;
    return new Operand.Nested(inner, path());
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    while (tokens.get(at).kind() == Kind.FIELD) {
      path.add(tokens.get(at++).text());
    }
    return List.copyOf(path);
  }

  private void close() {
    expect(Kind.CLOSE, "}}");
  }

  private Token expect(Kind kind, String what) {
    if (at >= tokens.size() || tokens.get(at).kind() != kind) {
      throw new GoTemplateException(what + " expected"
          + (at < tokens.size() ? " instead of '" + tokens.get(at).text() + "'" : ""));
    }
    return tokens.get(at++);
  }

  private boolean peek(Kind kind, String text) {
    return tokens.get(at).is(kind, text);
  }

  private boolean peek(int ahead, String word) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).is(Kind.WORD, word);
  }

  private boolean mark(int ahead, String mark) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).is(Kind.MARK, mark);
  }
}
