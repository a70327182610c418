package io.snapstash.crash;

import static io.snapstash.crash.CrashStories.withStorage;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import java.util.List;
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
   * A hook that was under way when its operator died, or whose answer was lost, is not called again: nobody can know
   * what it did. Such a run fails and says so (behaviour 11), but it is thawed, once.
   */
  @Test
  void freezeAndThawAreCalledOnceEach() {
    Crashes.endAlike(withStorage(CrashStory.named("hooks"))
        .given("the database is there", run -> run.apply(Given.statefulSet("db", 1) + template("freeze") + template("thaw")),
            run -> run.isBound("data-db-0"))
        .then("the run has ended", run -> run.apply(ABackup.ofWorkload("b", "StatefulSet", "db").before("freeze", "")
            .after("thaw", "").manifests()), run -> run.list(BACKUP_SESSIONS).size() == 1
            && List.of("Succeeded", "Failed").contains(CrashRun.phase(run.list(BACKUP_SESSIONS).getFirst())))
        .orElse(end -> end.get("hooks called").equals("[freeze, thaw]")
            && end.get("BackupSession b-frequent-moment0").contains("not repeated")), 40, 60);
  }
}
