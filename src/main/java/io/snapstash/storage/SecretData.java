package io.snapstash.storage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The decoded Secret that a BackupStorage names. Its values never show in a text. */
record SecretData(String name, Map<String, byte[]> values) {
  /** Empty if the storage names none. */
  static Optional<SecretData> named(String name, Optional<Map<String, byte[]>> secret) {
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(new SecretData(name, secret.orElseThrow(
        () -> StoreFailure.badConfiguration("Secret " + name + " was not found"))));
  }

  String required(String key) {
    return text(key).orElseThrow(() -> StoreFailure.badConfiguration("Secret " + name + " has no key " + key));
  }

  /** Values made with a text editor or echo often end in a newline. */
  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
        .filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return "SecretData[" + name + "]";
  }
}
