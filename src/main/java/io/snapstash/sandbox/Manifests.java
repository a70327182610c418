package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** YAML that lies on the class path, be that a folder or the jar. */
public final class Manifests {
  private Manifests() {}

  /** All documents of one file, in order; empty ones left out. */
  public static List<ObjectNode> file(String path) {
    return parse(text(path));
  }

  /** All documents of the YAML files directly in a folder, in order of file names. Empty if there is no such folder. */
  public static List<ObjectNode> folder(String path) {
    URL url = Manifests.class.getResource("/" + path);
    if (url == null) {
      return List.of();
    }
    try {
      return url.getProtocol().equals("jar") ? inJar(url.toURI(), path) : in(Path.of(url.toURI()));
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException("cannot read " + path, unreadable);
    }
  }

  public static List<ObjectNode> parse(String yaml) {
    List<ObjectNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> all = Json.YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (all.hasNext()) {
        if (all.next() instanceof ObjectNode document) {
          documents.add(document);
        }
      }
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
    return documents;
  }

  private static List<ObjectNode> inJar(URI uri, String path) throws IOException {
    FileSystem jar;
    try {
      jar = FileSystems.newFileSystem(uri, Map.of());
    } catch (FileSystemAlreadyExistsException opened) {
      jar = FileSystems.getFileSystem(uri);
    }
    return in(jar.getPath("/" + path));
  }

  private static List<ObjectNode> in(Path folder) throws IOException {
    List<ObjectNode> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
        documents.addAll(parse(Files.readString(file)));
      }
    }
    return documents;
  }

  private static String text(String path) {
    try (var in = Manifests.class.getResourceAsStream("/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no such file: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
