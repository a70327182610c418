package io.snapstash.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** What lies on the disk. */
final class SizeFigures {
  private static final Path PAGE = Path.of("src", "main", "resources", "page");
  private static final Path DEFINITIONS = Path.of("k8s", "crds");

  private SizeFigures() {}

  static void measure(Figures figures) {
    figures.add("size of the jar", String.format(Locale.ROOT, "%.1f MB", size(Jar.FILE) / 1e6));
    try (Stream<Path> files = Files.list(PAGE)) {
      figures.add("weight of the page", String.format(Locale.ROOT, "%.0f kB",
          files.mapToLong(SizeFigures::size).sum() / 1e3), "< 150 kB");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    try (Stream<Path> files = Files.list(DEFINITIONS)) {
      Path largest = files.max(Comparator.comparing(SizeFigures::size)).orElseThrow();
      figures.add("largest CRD file, " + largest.getFileName(),
          String.format(Locale.ROOT, "%.0f kB", size(largest) / 1e3), "< 200 kB");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
