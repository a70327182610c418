package io.snapstash.admission;

import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.domain.validation.UsageQuestion;
import java.util.Collection;
import java.util.List;

/** What exists beside the object under review. Answered from memory: no call may wait for anything. */
public interface Surroundings {
  /** Whether objects of that namespace are our business. */
  default boolean watches(String namespace) {
    return true;
  }

  Collection<BackupStorage> storages();

  Collection<RetentionPolicy> policies();

  /** At least those that the BackupConfiguration names, and those whose folder it asks for. */
  List<Repository> repositories(String namespace, BackupConfigurationSpec configuration);

  /** The defaults for that namespace. */
  Defaults defaults(String namespace);

  /** The usage policies, as that namespace meets them. */
  UsageQuestion usage(String namespace);
}
