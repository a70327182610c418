package io.snapstash.domain.gotemplate;

import io.snapstash.domain.gotemplate.Node.Command;
import io.snapstash.domain.gotemplate.Node.Operand;
import io.snapstash.domain.gotemplate.Node.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One carrying out of a template, within bounds of steps and of output. */
final class Run {
  private static final int MOST_STEPS = 200_000;

  /** How a list of nodes ended. */
  private enum Flow { ON, NEXT, OUT }

  /** Variables of a block; those of the blocks around it are seen and can be set. */
  private static final class Scope {
    private final Optional<Scope> around;
    private final Map<String, Object> variables = new HashMap<>();

    Scope(Optional<Scope> around) {
      this.around = around;
    }

    Scope inner() {
      return new Scope(Optional.of(this));
    }

    Optional<Scope> holding(String name) {
      return variables.containsKey(name) ? Optional.of(this) : around.flatMap(outer -> outer.holding(name));
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final Functions functions;
  private final Object data;
  private int steps;

  Run(Object data, Instant now) {
    this.data = data;
    this.functions = new Functions(now, this::step);
  }

  String render(List<Node> nodes) {
    Scope root = new Scope(Optional.empty());
    root.variables.put("", data);
    walk(nodes, data, root);
    return out.toString();
  }

  private void step() {
    if (++steps > MOST_STEPS) {
      throw new GoTemplateException("the template takes more than " + MOST_STEPS + " steps");
    }
  }

  private Flow walk(List<Node> nodes, Object dot, Scope scope) {
    for (Node node : nodes) {
      step();
      Flow flow = walk(node, dot, scope);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow walk(Node node, Object dot, Scope scope) {
    return switch (node) {
      case Node.Text(String text) -> print(text);
      case Node.Output(Pipeline pipeline) -> print(Values.text(value(pipeline, dot, scope)));
      case Node.Assignment assignment -> assign(assignment, dot, scope);
      case Node.Branch(var condition, var variable, var then, var otherwise) -> {
        Scope inner = scope.inner();
        Object value = value(condition, dot, scope);
        variable.ifPresent(name -> inner.variables.put(name, value));
        yield walk(Values.isTrue(value) ? then : otherwise, dot, inner);
      }
      case Node.With(var subject, var variable, var then, var otherwise) -> {
        Scope inner = scope.inner();
        Object value = value(subject, dot, scope);
        variable.ifPresent(name -> inner.variables.put(name, value));
        yield Values.isTrue(value) ? walk(then, value, inner) : walk(otherwise, dot, inner);
      }
      case Node.Range range -> range(range, dot, scope);
      case Node.Leave(boolean again) -> again ? Flow.NEXT : Flow.OUT;
    };
  }

  private Flow print(String text) {
    if (text.length() > GoTemplate.LONGEST - out.length()) {
      throw new GoTemplateException("the result is larger than " + GoTemplate.LONGEST + " characters");
    }
    out.append(text);
    return Flow.ON;
  }

  private Flow assign(Node.Assignment assignment, Object dot, Scope scope) {
    Object value = value(assignment.pipeline(), dot, scope);
    Scope target = assignment.declares() ? scope : scope.holding(assignment.variable())
        .orElseThrow(() -> new GoTemplateException("undefined variable $" + assignment.variable()));
    target.variables.put(assignment.variable(), value);
    return Flow.ON;
  }

  private Flow range(Node.Range range, Object dot, Scope scope) {
    List<Map.Entry<Object, Object>> entries = Values.entries(value(range.subject(), dot, scope));
    if (entries.isEmpty()) {
      return walk(range.otherwise(), dot, scope.inner());
    }
    for (Map.Entry<Object, Object> entry : entries) {
      Scope inner = scope.inner();
      List<String> names = range.variables();
      if (!names.isEmpty()) {
        inner.variables.put(names.getLast(), entry.getValue());
      }
      if (names.size() == 2) {
        inner.variables.put(names.getFirst(), entry.getKey());
      }
      step();
      if (walk(range.body(), entry.getValue(), inner) == Flow.OUT) {
        return Flow.ON;
      }
    }
    return Flow.ON;
  }

  private Object value(Pipeline pipeline, Object dot, Scope scope) {
    Object value = command(pipeline.commands().getFirst(), Optional.empty(), dot, scope);
    for (Command command : pipeline.commands().subList(1, pipeline.commands().size())) {
      value = command(command, Optional.of(List.of(new Operand.Literal(value))), dot, scope);
    }
    return value;
  }

  /** @param piped the result of the command before, as the last argument */
  private Object command(Command command, Optional<List<Operand>> piped, Object dot, Scope scope) {
    step();
    Operand first = command.operands().getFirst();
    if (!(first instanceof Operand.Call(String function))) {
      if (piped.isPresent()) {
        throw new GoTemplateException("a value cannot take the result of a pipeline");
      }
      return operand(first, dot, scope);
    }
    List<Operand> arguments = new ArrayList<>(command.operands().subList(1, command.operands().size()));
    piped.ifPresent(arguments::addAll);
    return switch (function) {
      case "and" -> logical(arguments, false, dot, scope);
      case "or" -> logical(arguments, true, dot, scope);
      default -> functions.call(function, arguments.stream().map(each -> operand(each, dot, scope)).toList());
    };
  }

  /** The first argument that decides; those after it are not looked at. */
  private Object logical(List<Operand> arguments, boolean decides, Object dot, Scope scope) {
    Object value = null;
    for (Operand argument : arguments) {
      value = operand(argument, dot, scope);
      if (Values.isTrue(value) == decides) {
        return value;
      }
    }
    return Optional.ofNullable(value).orElseThrow(() -> new GoTemplateException("and, or: arguments missing"));
  }

  private Object operand(Operand operand, Object dot, Scope scope) {
    return switch (operand) {
      case Operand.Literal(Object value) -> value;
      case Operand.Call(String function) -> functions.call(function, List.of());
      case Operand.Variable(var name, var path) -> Values.at(name.map(wanted -> scope.holding(wanted)
          .orElseThrow(() -> new GoTemplateException("undefined variable $" + wanted)).variables.get(wanted))
          .orElse(dot), path);
      case Operand.Nested(var pipeline, var path) -> Values.at(value(pipeline, dot, scope), path);
    };
  }
}
