package io.snapstash.domain.template;

import java.util.HashMap;
import java.util.Map;

/**
 * The values that a Function may use without anybody giving them (behaviour 5.6). What is not here, such as the parts
 * of an image name, keeps the default of the Function.
 */
public final class BuiltIns {
  private static final Map<String, String> VOLUMES = Map.of(
      "INTERIM_VOLUME", "kubestash-interim-volume",
      "RESTIC_CACHE_VOLUME", PodDraft.TMP_VOLUME);

  private BuiltIns() {}

  public static Map<String, String> ofBackup(
      String namespace, String backupSession, String invokerKind, String invokerName, String taskName) {
    return with(Map.of("namespace", namespace, "backupSession", backupSession, "invokerKind", invokerKind,
        "invokerName", invokerName, "taskName", taskName));
  }

  public static Map<String, String> ofRestore(
      String namespace, String restoreSession, String snapshot, String taskName) {
    return with(Map.of("namespace", namespace, "restoreSession", restoreSession, "snapshot", snapshot,
        "invokerKind", "RestoreSession", "invokerName", restoreSession, "taskName", taskName));
  }

  private static Map<String, String> with(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(VOLUMES);
    all.putAll(values);
    return Map.copyOf(all);
  }
}
