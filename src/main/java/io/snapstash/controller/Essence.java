package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import java.util.Arrays;
import java.util.List;

/**
 * What those that depend on an object look at. Sizes, counts and lists change with every backup of anybody, and would
 * else wake thousands for nothing.
 */
public final class Essence {
  private Essence() {}

  /** Spec, phase and conditions. */
  public static List<?> of(BackupStorage storage) {
    return of(storage, storage.getStatus() == null ? null : storage.getStatus().phase(),
        storage.getStatus() == null ? null : storage.getStatus().conditions());
  }

  /** Spec, phase and conditions. */
  public static List<?> of(Repository repository) {
    return of(repository, repository.getStatus() == null ? null : repository.getStatus().phase(),
        repository.getStatus() == null ? null : repository.getStatus().conditions());
  }

  private static List<?> of(HasMetadata object, Object... shown) {
    return Arrays.asList(object.getMetadata().getUid(), object.getMetadata().getGeneration(),
        object.getMetadata().getDeletionTimestamp(), Arrays.asList(shown));
  }
}
