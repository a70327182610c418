package io.snapstash.domain.template;

import io.snapstash.api.AddonTask;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.TaskReference;

/** One task of a session or restore with everything that it names (behaviour 5.1). */
public record ResolvedTask(TaskReference reference, AddonTask task, FunctionSpec function) {}
