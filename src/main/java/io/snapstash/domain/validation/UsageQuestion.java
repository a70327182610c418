package io.snapstash.domain.validation;

import io.snapstash.api.ObjectReference;

/**
 * Asks whether an object that exists refuses to be used from the namespace under validation (behaviour 4.3, 12.4).
 * The reference always has a namespace. A missing object forbids nothing: that shows elsewhere.
 */
@FunctionalInterface
public interface UsageQuestion {
  boolean forbids(Kind kind, ObjectReference reference);

  /** The kinds that have a usage policy. */
  enum Kind {
    BACKUP_STORAGE("BackupStorage"), RETENTION_POLICY("RetentionPolicy"), HOOK_TEMPLATE("HookTemplate");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }
}
