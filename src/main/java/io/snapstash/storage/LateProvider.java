package io.snapstash.storage;

import java.util.Optional;
import java.util.function.Supplier;

/** Makes its provider at the first call: loading a cloud's classes takes too long for the thread that opens a store. */
final class LateProvider implements StoreProvider {
  private final Supplier<StoreProvider> maker;
  private Optional<StoreProvider> made = Optional.empty();

  LateProvider(Supplier<StoreProvider> maker) {
    this.maker = maker;
  }

  private synchronized StoreProvider provider() {
    if (made.isEmpty()) {
      made = Optional.of(maker.get());
    }
    return made.get();
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return provider().get(key);
  }

  @Override
  public String put(String key, byte[] content, PutCondition condition) {
    return provider().put(key, content, condition);
  }

  @Override
  public void delete(String key) {
    provider().delete(key);
  }

  @Override
  public Page list(String start, Optional<String> from) {
    return provider().list(start, from);
  }

  @Override
  public synchronized void close() {
    made.ifPresent(StoreProvider::close);
  }
}
