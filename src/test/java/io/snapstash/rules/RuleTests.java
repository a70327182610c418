package io.snapstash.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Which tests say that they show which rule, found by their annotations, whether they are run or not. */
final class RuleTests {
  private RuleTests() {}

  /** Names of tests, as {@link #name} makes them, by rule. */
  static Map<String, Set<String>> find() {
    Map<String, Set<String>> tests = new TreeMap<>();
    try {
      Path root = Path.of(RuleTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".class"))
            .map(file -> root.relativize(file).toString().replaceAll("\\.class$", "").replaceAll("[/\\\\]", "."))
            .filter(name -> name.startsWith("io.snapstash.") && !name.endsWith("-info"))
            .forEach(name -> collect(load(name), tests));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (URISyntaxException broken) {
      throw new IllegalStateException(broken);
    }
    return tests;
  }

  static String name(Class<?> type, String method) {
    return type.getName().replace("io.snapstash.", "") + "#" + method;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, RuleTests.class.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void collect(Class<?> type, Map<String, Set<String>> tests) {
    for (Method method : type.getDeclaredMethods()) {
      if (AnnotationSupport.isAnnotated(method, Testable.class)) {
        Stream.concat(rules(method), rules(type)).forEach(rule ->
            tests.computeIfAbsent(rule, _ -> new TreeSet<>()).add(name(type, method.getName())));
      }
    }
  }

  private static Stream<String> rules(AnnotatedElement element) {
    return AnnotationSupport.findRepeatableAnnotations(element, Rule.class).stream().map(Rule::value);
  }
}
