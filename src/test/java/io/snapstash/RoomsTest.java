package io.snapstash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms point one way. */
class RoomsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/snapstash");
  private static final Pattern IMPORT = Pattern.compile("^import (?:static )?io\\.snapstash\\.([a-z]+)\\.");
  private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
      Map.entry("api", Set.of()),
      Map.entry("crd", Set.of("api")),
      Map.entry("domain", Set.of("api")),
      Map.entry("engine", Set.of()),
      Map.entry("kube", Set.of("api", "engine")),
      Map.entry("csi", Set.of("api", "domain", "engine", "kube")),
      Map.entry("storage", Set.of("api", "domain", "engine", "kube")),
      Map.entry("sync", Set.of("api", "domain", "engine", "kube", "storage")),
      Map.entry("bus", Set.of("engine")),
      Map.entry("job", Set.of("api", "domain", "engine", "kube", "csi", "storage", "sync", "app")),
      Map.entry("controller", Set.of("api", "domain", "engine", "kube", "csi", "storage", "sync", "bus")),
      Map.entry("picture", Set.of("api", "domain", "engine")),
      Map.entry("metrics", Set.of("api", "domain", "engine", "picture")),
      Map.entry("cli", Set.of("api", "domain", "engine", "kube", "csi", "storage", "picture", "app")),
      Map.entry("admission", Set.of("api", "domain", "engine", "kube")),
      Map.entry("web", Set.of("api", "bus", "engine", "picture")));

  @Test
  void noRoomImportsOneThatStandsAboveIt() throws IOException {
    Set<String> wrong = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String room = SOURCES.relativize(file).getName(0).toString();
        Set<String> allowed = MAY_USE.get(room);
        if (allowed != null) {
          importsOf(file).stream().filter(other -> !other.equals(room) && !allowed.contains(other))
              .forEach(other -> wrong.add(room + " -> " + other + " in " + file.getFileName()));
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static List<String> importsOf(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(IMPORT::matcher).filter(found -> found.find())
        .map(found -> found.group(1)).distinct().toList();
  }
}
