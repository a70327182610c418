package io.snapstash.domain.template;

import io.snapstash.api.AddonInfo;
import io.snapstash.api.AddonSpec;
import io.snapstash.api.AddonTask;
import io.snapstash.api.Conditions;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.TaskReference;
import io.snapstash.domain.Absent;
import io.snapstash.domain.template.TaskResolution.MissingPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what an AddonInfo names: the Addon, its tasks, their Functions (behaviour 5.1, 5.2). */
public final class TaskResolver {
  private static final String GROUP = "addons.kubestash.com";
  private static final Map<String, String> OTHER_NAMES = Map.of(
      "volume-snapshot", "VolumeSnapshot",
      "volume-snapshot-restore", "VolumeSnapshotRestore",
      "logical-backup", "LogicalBackup",
      "logical-backup-restore", "LogicalBackupRestore",
      "manifest-backup", "ManifestBackup",
      "manifest-restore", "ManifestRestore");
  private static final Map<String, String> ALIASES = OTHER_NAMES.entrySet().stream()
      .flatMap(pair -> Stream.of(pair, Map.entry(pair.getValue(), pair.getKey())))
      .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Which list of an Addon is meant. */
  public enum Direction { BACKUP, RESTORE }

  private final Function<String, Optional<AddonSpec>> addons;
  private final Function<String, Optional<FunctionSpec>> functions;

  /** Both look-ups take the name of a cluster-scoped object. */
  public TaskResolver(
      Function<String, Optional<AddonSpec>> addons, Function<String, Optional<FunctionSpec>> functions) {
    this.addons = addons;
    this.functions = functions;
  }

  public TaskResolution resolve(AddonInfo info, Direction direction) {
    List<ResolvedTask> tasks = new ArrayList<>();
    List<ResourceFoundStatus> dependencies = new ArrayList<>();
    List<MissingPart> missing = new ArrayList<>();
    String name = Absent.text(info.name());
    Optional<AddonSpec> addon = addons.apply(name);
    dependencies.add(dependency("Addon", name, addon.isPresent()));
    if (addon.isEmpty()) {
      missing.add(new MissingPart(Conditions.ADDON_NOT_FOUND, "Addon " + name + " does not exist"));
      return new TaskResolution(tasks, dependencies, missing);
    }
    for (TaskReference reference : Absent.list(info.tasks())) {
      Optional<AddonTask> task = task(addon.get(), direction, Absent.text(reference.name()));
      if (task.isEmpty()) {
        missing.add(new MissingPart(Conditions.TASK_NOT_FOUND, "Addon " + name + " has no "
            + (direction == Direction.BACKUP ? "backup" : "restore") + " task " + reference.name()));
        continue;
      }
      String function = Absent.text(task.get().function());
      Optional<FunctionSpec> found = functions.apply(function);
      dependencies.add(dependency("Function", function, found.isPresent()));
      found.ifPresentOrElse(
          spec -> tasks.add(new ResolvedTask(reference, task.get(), spec)),
          () -> missing.add(new MissingPart(Conditions.FUNCTION_NOT_FOUND,
              "Function " + function + " of task " + reference.name() + " does not exist")));
    }
    return new TaskResolution(tasks, dependencies.stream().distinct().toList(), missing);
  }

  /** The task of that name, or else the one of its other name. */
  public static Optional<AddonTask> task(AddonSpec addon, Direction direction, String name) {
    List<AddonTask> tasks = Absent.list(direction == Direction.BACKUP ? addon.backupTasks() : addon.restoreTasks());
    return named(tasks, name).or(() -> Optional.ofNullable(ALIASES.get(name)).flatMap(alias -> named(tasks, alias)));
  }

  private static Optional<AddonTask> named(List<AddonTask> tasks, String name) {
    return tasks.stream().filter(task -> name.equals(task.name())).findFirst();
  }

  private static ResourceFoundStatus dependency(String kind, String name, boolean found) {
    return new ResourceFoundStatus(GROUP, kind, null, name, found);
  }
}
