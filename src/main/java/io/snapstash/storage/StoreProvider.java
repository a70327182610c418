package io.snapstash.storage;

import java.util.List;
import java.util.Optional;

/**
 * What a kind of backend must be able to do. Calls block, may come from several virtual threads at once, take whole
 * keys (with prefix) and fail with {@link StoreFailure} only. {@link ObjectStore} is what others see.
 */
interface StoreProvider extends AutoCloseable {
  /** Objects that are larger are not ours: the API server's own limit for an object is 1.5 MiB. */
  int MOST_BYTES = 4 << 20;
  String CONTENT_TYPE = "application/yaml";

  /** Keys of one page, in the order of the backend, and where the next page starts if there is one. */
  record Page(List<String> keys, Optional<String> next) {}

  Optional<StoredObject> get(String key);

  /** The new entity tag. */
  String put(String key, byte[] content, PutCondition condition);

  /** A missing key is success. */
  void delete(String key);

  /** Keys that start so, with those that end in {@code /}. */
  Page list(String start, Optional<String> from);

  @Override
  void close();

  static StoreFailure tooLarge(String key) {
    return new StoreFailure(StoreFailure.Kind.UNREADABLE, key + " is larger than " + MOST_BYTES + " bytes");
  }
}
