package io.snapstash.controller.hook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.HookInfo;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.domain.phase.Summary;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One hook that is to be run now.
 *
 * @param run the BackupSession or RestoreSession
 * @param namespace of the target, where Pods are looked for
 * @param limit when it must have ended, whatever its timeout says; none for hooks that end something
 * @param builtIns values that the run provides to the template
 */
public record HookOrder(HookKey key, HasMetadata run, HookInfo hook, String namespace, Summary summary,
    Optional<Instant> limit, Map<String, String> builtIns) {
  ResourceKey runKey() {
    return Metadata.key(run);
  }
}
