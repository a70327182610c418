package io.snapstash.crash;

import io.snapstash.fixtures.ABackup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of backups, killed at every write: restore, retention, removal. */
@Tag("crash")
class RestoreCrashTest {
  @Test
  void aClaimIsRestoredOnceWithItsContent() {
    Crashes.endAlike(CrashStories.restored(CrashStories.withBackup(CrashStory.named("restore"),
        ABackup.ofClaim("b", "source"))), 13, 16);
  }

  @Test
  void ofTwoRunsTheNewerIsLeft() {
    Crashes.endAlike(CrashStories.replaced(CrashStories.withPolicy(CrashStory.named("retention"))), 32, 39);
  }

  @Test
  void whatIsWipedLeavesNothingBehind() {
    Crashes.endAlike(CrashStories.wipedOut("wipe-out"), 15, 18);
  }
}
