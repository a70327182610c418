package io.snapstash.crash;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operator and Jobs that see the world late, twice, not at all, or as it was. */
@Tag("views")
class ViewsTest {
  @Test
  void aBackupItsSuccessorAndARestoreEndAsIfAllHadBeenSeenAtOnce() {
    Weathers.endAlike(CrashStories.life("views-of-life"), Views.all(), 20);
  }

  @Test
  void whatIsWipedLeavesNothingBehind() {
    Weathers.endAlike(CrashStories.wipedOut("views-of-wipe-out"), Views.all(), 20);
  }
}
