package io.snapstash.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of the README have tests behind them. */
class PromisesTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)`");

  @Test
  void eachPromiseNamesTestsThatExist() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("## What Snapstash guarantees");
    List<String> promises = Stream.of(readme.substring(begin, readme.indexOf("\n## ", begin)).split("\n- "))
        .skip(1).toList();

    assertThat(promises).hasSizeGreaterThan(10);
    assertThat(promises).allSatisfy(promise ->
        assertThat(named(promise)).as(promise).isNotEmpty().isSubsetOf(tests()));
  }

  private static List<String> named(String promise) {
    return NAMED.matcher(promise).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static Set<String> tests() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Test.java"))
          .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
