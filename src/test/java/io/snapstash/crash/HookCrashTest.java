package io.snapstash.crash;

import static io.snapstash.crash.CrashStories.withStorage;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that is frozen and thawed around its backup, with an operator that dies at every write. */
@Tag("crash")
class HookCrashTest {
  private static String template(String name) {
    return """
        ---
        apiVersion: core.kubestash.com/v1alpha1
        kind: HookTemplate
        metadata: {name: %1$s, namespace: demo}
        spec:
          action: {exec: {command: [%1$s]}}
          executor: {type: Pod, pod: {selector: "app=db"}}
        """.formatted(name);
  }

  /**
   * A hook that was called begun when its operator died, or whose answer was lost, is not called again: nobody can know
   * what it did. It has failed and the run says so, and a freeze is followed by its thaw (behaviour 11.4).
   */
  private static boolean endsInDoubt(SortedMap<String, String> end) {
    String run = end.get("BackupSession b-frequent-moment0");
    boolean told = run.contains("and it is not repeated") || run.contains("before the end of the command was known");
    boolean freezeInDoubt = run.contains("{\"name\":\"freeze\",\"phase\":\"Failed\"}");
    boolean thawInDoubt = run.contains("{\"name\":\"thaw\",\"phase\":\"Failed\"}");
    return told && run.contains("\"phase\":\"Failed\"") && switch (end.get("hooks called")) {
      case "[freeze, thaw]" -> freezeInDoubt || thawInDoubt;
      case "[thaw]" -> freezeInDoubt && !thawInDoubt;
      case "[freeze]" -> thawInDoubt && !freezeInDoubt;
      default -> false;
    };
  }

  @Test
  void freezeAndThawAreCalledOnceEach() {
    Crashes.endAlike(withStorage(CrashStory.named("hooks"))
        .given("the database is there", run -> run.apply(Given.statefulSet("db", 1) + template("freeze")
            + template("thaw")), run -> run.isBound("data-db-0"))
        .then("the run has ended", run -> run.apply(ABackup.ofWorkload("b", "StatefulSet", "db").before("freeze", "")
            .after("thaw", "").manifests()), run -> run.list(BACKUP_SESSIONS).size() == 1
            && List.of("Succeeded", "Failed").contains(CrashRun.phase(run.list(BACKUP_SESSIONS).getFirst())))
        .orElse(HookCrashTest::endsInDoubt), 43, 50);
  }
}
