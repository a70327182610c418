package io.snapstash.domain.template;

import io.snapstash.api.ResourceFoundStatus;
import java.util.List;

/**
 * What became of the tasks of an AddonInfo.
 *
 * @param tasks those that were found whole, in the order of the references
 * @param dependencies every Addon and Function that was looked for, for status.dependencies
 * @param missing what was not found; empty means that the tasks are complete
 */
public record TaskResolution(
    List<ResolvedTask> tasks, List<ResourceFoundStatus> dependencies, List<MissingPart> missing) {
  public TaskResolution {
    tasks = List.copyOf(tasks);
    dependencies = List.copyOf(dependencies);
    missing = List.copyOf(missing);
  }

  /**
   * Something that is not there; it helps to look again when an Addon or a Function changes.
   *
   * @param reason for the condition DependenciesFound
   */
  public record MissingPart(String reason, String message) {}

  public boolean isComplete() {
    return missing.isEmpty();
  }
}
