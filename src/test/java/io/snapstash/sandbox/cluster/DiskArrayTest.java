package io.snapstash.sandbox.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DiskArrayTest {
  private static final ResourceKey CLAIM = new ResourceKey("demo", "data");
  private final DiskArray disks = new DiskArray();

  @Test
  void aSnapshotKeepsTheBytesOfItsMomentWhenTheVolumeChangesLater() {
    String volume = disks.makeVolume("a", 1024, CLAIM, new byte[0]).handle();
    disks.write(volume, "before".getBytes(UTF_8));
    String snapshot = disks.cut("s", volume, Instant.EPOCH).orElseThrow().handle();

    disks.write(volume, "after".getBytes(UTF_8));

    assertThat(disks.snapshot(snapshot).orElseThrow().bytes()).asString().isEqualTo("before");
  }

  @Test
  void makingTheSameThingTwiceReturnsWhatIsThere() {
    String volume = disks.makeVolume("a", 1024, CLAIM, "x".getBytes(UTF_8)).handle();
    DiskArray.Cut first = disks.cut("s", volume, Instant.EPOCH).orElseThrow();
    disks.write(volume, "y".getBytes(UTF_8));

    assertThat(disks.makeVolume("a", 1024, CLAIM, new byte[0]).bytes()).asString().isEqualTo("y");
    assertThat(disks.cut("s", volume, Instant.MAX)).contains(first);
  }

  @Test
  void thereIsNoSnapshotOfAVolumeThatDoesNotExist() {
    assertThat(disks.cut("s", "vol-none", Instant.EPOCH)).isEmpty();
  }
}
