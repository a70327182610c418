package io.snapstash.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.snapstash.api.AddonInfo;
import io.snapstash.api.AddonInfoBuilder;
import io.snapstash.api.AddonSpec;
import io.snapstash.api.AddonTaskBuilder;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.FunctionSpecBuilder;
import io.snapstash.api.TaskReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskResolverTest {
  private static final AddonSpec PVC = new AddonSpec(
      List.of(AddonTaskBuilder.builder().name("volume-snapshot").function("backup").build(),
          AddonTaskBuilder.builder().name("broken").function("nowhere").build()),
      List.of(AddonTaskBuilder.builder().name("VolumeSnapshotRestore").function("restore").build()));
  private static final FunctionSpec FUNCTION = FunctionSpecBuilder.builder().image("x").build();

  private final TaskResolver resolver = new TaskResolver(
      name -> Optional.ofNullable(Map.of("pvc-addon", PVC).get(name)),
      name -> Optional.ofNullable(Map.of("backup", FUNCTION, "restore", FUNCTION).get(name)));

  @Test
  void findsTasksByEitherOfTheirNames() {
    assertThat(resolver.resolve(info("pvc-addon", "VolumeSnapshot"), TaskResolver.Direction.BACKUP).isComplete()).isTrue();
    TaskResolution restore =
        resolver.resolve(info("pvc-addon", "volume-snapshot-restore"), TaskResolver.Direction.RESTORE);

    assertThat(restore.tasks()).singleElement()
        .satisfies(task -> assertThat(task.task().name()).isEqualTo("VolumeSnapshotRestore"));
    assertThat(restore.dependencies()).extracting("kind", "name", "found").containsExactly(
        tuple("Addon", "pvc-addon", true),
        tuple("Function", "restore", true));
  }

  @Test
  void tellsWhatIsMissing() {
    assertThat(resolver.resolve(info("none", "volume-snapshot"), TaskResolver.Direction.BACKUP).missing())
        .extracting(TaskResolution.MissingPart::reason).containsExactly("AddonNotFound");
    assertThat(resolver.resolve(info("pvc-addon", "unheard", "broken"), TaskResolver.Direction.BACKUP).missing())
        .extracting(TaskResolution.MissingPart::reason).containsExactly("TaskNotFound", "FunctionNotFound");
    assertThat(resolver.resolve(info("pvc-addon", "volume-snapshot"), TaskResolver.Direction.RESTORE).missing())
        .extracting(TaskResolution.MissingPart::message)
        .containsExactly("Addon pvc-addon has no restore task volume-snapshot");
  }

  private static AddonInfo info(String addon, String... tasks) {
    return AddonInfoBuilder.builder().name(addon)
        .tasks(Stream.of(tasks).map(name -> TaskReferenceBuilder.builder().name(name).build()).toList()).build();
  }
}
