package io.snapstash.domain.gotemplate;

import java.util.List;
import java.util.Optional;

/** A piece of a parsed template. */
sealed interface Node {
  record Text(String text) implements Node {}

  record Output(Pipeline pipeline) implements Node {}

  /** {@code $x := …}, or {@code $x = …} for a variable that exists. */
  record Assignment(String variable, boolean declares, Pipeline pipeline) implements Node {}

  record Branch(Pipeline condition, Optional<String> variable, List<Node> then, List<Node> otherwise)
      implements Node {}

  record With(Pipeline subject, Optional<String> variable, List<Node> then, List<Node> otherwise) implements Node {}

  /** @param variables none, one for the element, or two for index and element */
  record Range(Pipeline subject, List<String> variables, List<Node> body, List<Node> otherwise) implements Node {}

  record Leave(boolean again) implements Node {}

  /** Commands of which each gets the result of the one before as its last argument. */
  record Pipeline(List<Command> commands) {}

  /** An operand, or a function and its arguments. */
  record Command(List<Operand> operands) {}

  /** What an expression is made of. */
  sealed interface Operand {
    record Literal(Object value) implements Operand {}

    record Call(String function) implements Operand {}

    /** The dot, or with a name a variable; the empty name is {@code $}. */
    record Variable(Optional<String> name, List<String> path) implements Operand {}

    record Nested(Pipeline pipeline, List<String> path) implements Operand {}
  }
}
