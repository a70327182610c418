package io.snapstash.sandbox.apiserver;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles CEL expressions, each once per process. All values are of dynamic type: what the real server finds out
 * when a definition is created (a wrong type, too high a cost), shows here only when the rule is run, or never.
 */
final class Cel {
  private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true).build();
  private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS)
      .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
      .addLibraries(CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelExtensions.lists(), CelExtensions.optional())
      .addVar("self", SimpleType.DYN).addVar("oldSelf", SimpleType.DYN).build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS)
      .addLibraries(CelExtensions.strings(), CelExtensions.sets(OPTIONS), CelExtensions.lists(), CelExtensions.optional())
      .build();
  private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

  /** What has become of an expression. */
  sealed interface Compiled {
    record Broken(String why) implements Compiled {}

    record Program(CelRuntime.Program program) implements Compiled {}
  }

  private Cel() {}

  static Optional<String> mistake(String expression) {
    return compiled(expression) instanceof Compiled.Broken(String why) ? Optional.of(why) : Optional.empty();
  }

  /** Fails with what went wrong if the expression cannot be evaluated on these values. */
  static Object evaluate(String expression, Map<String, Object> variables) throws CelEvaluationException {
    return switch (compiled(expression)) {
      case Compiled.Broken(String why) -> throw new IllegalStateException(why);
      case Compiled.Program(CelRuntime.Program program) -> program.eval(variables);
    };
  }

  private static Compiled compiled(String expression) {
    return COMPILED.computeIfAbsent(expression, Cel::compile);
  }

  private static Compiled compile(String expression) {
    CelValidationResult checked = COMPILER.compile(expression);
    if (checked.hasError()) {
      return new Compiled.Broken("compilation failed: " + checked.getErrorString());
    }
    try {
      CelAbstractSyntaxTree tree = checked.getAst();
      return new Compiled.Program(RUNTIME.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException failure) {
      return new Compiled.Broken("compilation failed: " + failure.getMessage());
    }
  }
}
