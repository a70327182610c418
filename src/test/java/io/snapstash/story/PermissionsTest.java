package io.snapstash.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.snapstash.fixtures.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * When all stories are told: nothing is granted that nobody needs. What is needed without a grant is found by each story
 * itself. Runs last; without all the others it is skipped.
 */
@Order(Integer.MAX_VALUE)
@Isolated("looks at what all others did, when they have ended")
class PermissionsTest {
  /** Asked for by nobody: what a real API server wants to see granted before it lets something else happen. */
  private static final Set<String> CHECKED_BY_THE_SERVER = Set.of(
      "snapstash: create pods/exec",
      "snapstash: bind clusterroles.rbac.authorization.k8s.io snapstash-trigger",
      "snapstash: bind clusterroles.rbac.authorization.k8s.io snapstash-backup",
      "snapstash: bind clusterroles.rbac.authorization.k8s.io snapstash-restore",
      "snapstash: bind clusterroles.rbac.authorization.k8s.io snapstash-storage",
      "snapstash: update backupconfigurations/finalizers.core.kubestash.com",
      "snapstash: update backupsessions/finalizers.core.kubestash.com",
      "snapstash: update restoresessions/finalizers.core.kubestash.com",
      "snapstash: update backupstorages/finalizers.storage.kubestash.com",
      "snapstash: update repositories/finalizers.storage.kubestash.com",
      "snapstash: update snapshots/finalizers.storage.kubestash.com",
      "snapstash-storage: update repositories/finalizers.storage.kubestash.com");

  /** Needed, but by what no story tells yet: take a line away with the story that makes it true. */
  private static final Set<String> NOT_TOLD = Set.of(
      "snapstash: create backupconfigurations.core.kubestash.com",
      "snapstash: create subjectaccessreviews.authorization.k8s.io",
      "snapstash: create tokenreviews.authentication.k8s.io",
      "snapstash: delete cronjobs.batch",
      "snapstash: get persistentvolumes",
      "snapstash: list events",
      "snapstash: patch backupbatches/status.core.kubestash.com",
      "snapstash: patch backupverificationsession/status.core.kubestash.com");

  @Test
  void nothingIsGrantedThatNoStoryNeeds() throws IOException {
    assumeTrue(Permissions.told().containsAll(stories()), "not all stories were told");

    Set<String> unused = new TreeSet<>(Permissions.unused());
    unused.removeAll(CHECKED_BY_THE_SERVER);
    unused.removeAll(NOT_TOLD);

    assertThat(unused).isEmpty();
  }

  private static Set<String> stories() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/java/io/snapstash/story"))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("StoryTest.java"))
          .map(name -> name.replace(".java", "")).collect(Collectors.toSet());
    }
  }
}
