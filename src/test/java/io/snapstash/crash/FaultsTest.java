package io.snapstash.crash;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that have a bad day: each kind of request goes wrong once, of the operator's and of each Job's. */
@Tag("faults")
class FaultsTest {
  @Test
  void aBackupItsSuccessorAndARestoreEndAsIfNothingHadHappened() {
    Weathers.endAlike(CrashStories.life("faults-of-life"), Faults.all(), 60);
  }

  @Test
  void whatIsWipedLeavesNothingBehind() {
    Weathers.endAlike(CrashStories.wipedOut("faults-of-wipe-out"), Faults.all(), 60);
  }
}
