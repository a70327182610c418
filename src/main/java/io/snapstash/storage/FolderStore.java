package io.snapstash.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects as files of a folder (storage-layout 5). Files are written beside their destination and then renamed, so
 * that no reader sees half of one. Conditions hold among the users of this object, not among processes.
 */
final class FolderStore implements StoreProvider {
  private static final int PAGE = 1000;
  private static final String ATTRIBUTES = ".attrs";
  private static final String UNFINISHED = ".unfinished";

  /** A file operation. */
  private interface Operation<T> {
    T run() throws IOException;
  }

  private final Path root;

  FolderStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return told(key, () -> {
      Path file = file(key);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      if (Files.size(file) > MOST_BYTES) {
        throw StoreProvider.tooLarge(key);
      }
      byte[] content = Files.readAllBytes(file);
      return Optional.of(new StoredObject(content, tag(content)));
    });
  }

  @Override
  public synchronized String put(String key, byte[] content, PutCondition condition) {
    return told(key, () -> {
      Optional<String> present = get(key).map(StoredObject::tag);
      boolean holds = switch (condition) {
        case PutCondition.Always() -> true;
        case PutCondition.IfAbsent() -> present.isEmpty();
        case PutCondition.IfMatch(String expected) -> present.isPresent() && present.get().equals(expected);
      };
      if (!holds) {
        throw StoreFailure.preconditionFailed(key);
      }
      replace(file(key), content);
      return tag(content);
    });
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path unfinished = Files.createTempFile(file.getParent(), ".", UNFINISHED);
    try {
      Files.write(unfinished, content);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public synchronized void delete(String key) {
    told(key, () -> {
      Path file = file(key);
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ATTRIBUTES));
      removeEmpty(file.getParent());
      return null;
    });
  }

  private void removeEmpty(Path folder) throws IOException {
    Path at = folder;
    while (!at.equals(root) && at.startsWith(root)) {
      try {
        Files.deleteIfExists(at);
      } catch (DirectoryNotEmptyException _) {
        return;
      }
      at = at.getParent();
    }
  }

  @Override
  public Page list(String start, Optional<String> from) {
    return told(start, () -> {
      Path folder = file(ObjectKeys.join(start));
      if (!Files.isDirectory(folder)) {
        return new Page(List.of(), Optional.empty());
      }
      try (Stream<Path> files = Files.walk(folder)) {
        List<String> keys = files.filter(Files::isRegularFile).filter(FolderStore::isObject)
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .filter(key -> from.isEmpty() || key.compareTo(from.get()) > 0).sorted().limit(PAGE).toList();
        return new Page(keys, keys.size() < PAGE ? Optional.empty() : Optional.of(keys.getLast()));
      }
    });
  }

  private static boolean isObject(Path file) {
    String name = file.getFileName().toString();
    return !name.endsWith(ATTRIBUTES) && !name.endsWith(UNFINISHED);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private Path file(String key) {
    return root.resolve(ObjectKeys.join(key));
  }

  private static String tag(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T told(String key, Operation<T> operation) {
    try {
      return operation.run();
    } catch (AccessDeniedException _) {
      throw new StoreFailure(StoreFailure.Kind.NOT_ALLOWED, "no permission for " + key
          + " on the volume; set fsGroup or runAsUser in runtimeSettings.pod.securityContext");
    } catch (NoSuchFileException _) {
      throw new StoreFailure(StoreFailure.Kind.OTHER, key + " vanished while it was used");
    } catch (IOException | UncheckedIOException failure) {
      throw new StoreFailure(StoreFailure.Kind.OTHER, "the volume failed for " + key + ": " + failure.getMessage());
    }
  }
}
