package io.snapstash.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.AnInventory;
import io.snapstash.picture.Picture.Application;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
  private final PictureMaker maker = new PictureMaker(Fates.UNKNOWN);

  private Picture picture(AnInventory inventory) {
    return maker.make(inventory.build(), NOW);
  }

  @Test
  void anApplicationIsProtectedWhileItsLastGoodBackupIsAsFreshAsItsSchedulePromises() {
    Picture picture = picture(new AnInventory().configuration("web", "0 * * * *")
        .run("web", "web-1", "Succeeded", "2026-03-02T12:00:00Z").snapshot("web", "web-1", "Succeeded", "data"));

    assertThat(picture.applications()).singleElement().satisfies(app -> {
      assertThat(app.state()).isEqualTo("protected");
      assertThat(app.lastGood()).isEqualTo("2026-03-02T12:00:00Z");
      assertThat(app.goodUntil()).isEqualTo("2026-03-02T14:00:00Z");
      assertThat(app.nextRun()).isEqualTo("2026-03-02T13:00:00Z");
    });
    assertThat(picture.headline().safe()).isEqualTo(1);
  }

  @Test
  void itIsLateOnceTheNextRunHasHadItsTimeWithoutSuccess() {
    Picture picture = picture(new AnInventory().configuration("web", "0 * * * *")
        .run("web", "web-1", "Succeeded", "2026-03-02T09:00:00Z").snapshot("web", "web-1", "Succeeded", "data"));

    assertThat(picture.applications()).extracting(Application::state).containsExactly("late");
    assertThat(picture.headline().oldest().at()).isEqualTo("2026-03-02T09:00:00Z");
  }

  @Test
  void aFailedSnapshotProtectsNothing() {
    Picture picture = picture(new AnInventory().configuration("web", "0 * * * *").claim("data")
        .run("web", "web-1", "Failed", "2026-03-02T12:00:00Z").failedSnapshot("web", "web-1", "data: no space left"));

    assertThat(picture.applications()).extracting(Application::state).containsExactly("unprotected");
    assertThat(picture.openClaims()).extracting(Picture.OpenClaim::name).containsExactly("data");
    assertThat(picture.failures()).singleElement().satisfies(failure -> {
      assertThat(failure.message()).isEqualTo("data: no space left");
      assertThat(failure.command()).isEqualTo("kubectl -n demo describe backupsession web-1");
    });
  }

  @Test
  void theStripGoesOnWhereTheHistoryOfRunsEnds() {
    Picture picture = picture(new AnInventory().configuration("web", "0 * * * *")
        .snapshots("web", 30, Instant.parse("2026-02-01T12:00:00Z"))
        .run("web", "web-now", "Succeeded", "2026-03-02T12:00:00Z").snapshot("web", "web-now", "Succeeded", "data"));

    assertThat(picture.applications()).singleElement().satisfies(app -> {
      assertThat(app.recent()).hasSize(20).extracting(Picture.Cell::phase).containsOnly("Succeeded");
      assertThat(app.recent().getLast().run()).isEqualTo("web-now");
    });
  }

  @Test
  void aFailureIsOverOnceALaterRunOfTheSameSessionSucceeds() {
    Picture picture = picture(new AnInventory().configuration("web", "0 * * * *")
        .run("web", "web-1", "Failed", "2026-03-02T11:00:00Z").failedSnapshot("web", "web-1", "no space left")
        .run("web", "web-2", "Succeeded", "2026-03-02T12:00:00Z").snapshot("web", "web-2", "Succeeded", "data"));

    assertThat(picture.failures()).isEmpty();
    assertThat(picture.applications().getFirst().recent()).extracting(Picture.Cell::phase)
        .containsExactly("Failed", "Succeeded");
  }

  @Test
  void aPausedConfigurationHasNoNextRunAndIsNotLate() {
    Picture picture = picture(new AnInventory().pausedConfiguration("web", "0 * * * *")
        .run("web", "web-1", "Succeeded", "2026-02-02T12:00:00Z").snapshot("web", "web-1", "Succeeded", "data"));

    assertThat(picture.applications()).extracting(Application::state).containsExactly("protected");
    assertThat(picture.headline().next()).isNull();
  }

  @Test
  void theBarOfARunningBackupMovesAsVolumesBecomeReady() {
    AnInventory inventory = new AnInventory().configuration("web", "0 * * * *")
        .run("web", "web-1", "Running", "2026-03-02T12:29:00Z").asked("web-1", "volumesnapshot", "a", "b", "c")
        .runningSnapshot("web", "web-1").done("web-1", "a", "c", "of another run");

    assertThat(picture(inventory).runs()).singleElement().satisfies(run -> {
      assertThat(run.done()).isEqualTo(2);
      assertThat(run.total()).isEqualTo(3);
      assertThat(run.parts()).extracting(Picture.Part::phase).containsExactly("Running");
    });
  }

  @Test
  void theBarOfARestoreMovesComponentByComponentAsItsClaimsAreBound() {
    AnInventory inventory = new AnInventory().restore("web", "Running", "pod-0", "pod-1")
        .asked("web", "pod-0", "a-0", "b-0").asked("web", "pod-1", "a-1").done("web", "b-0");

    assertThat(picture(inventory).runs()).singleElement().satisfies(run -> {
      assertThat(run.parts()).extracting(Picture.Part::name, Picture.Part::done, Picture.Part::total)
          .containsExactly(tuple("pod-0", 1, 2), tuple("pod-1", 0, 1));
      assertThat(run.done()).isEqualTo(1);
      assertThat(run.total()).isEqualTo(3);
    });
  }

  @Test
  void aNamespaceShowsItsOwnObjectsOnly() {
    Inventory inventory = new AnInventory().configuration("web", "0 * * * *").claim("data").build();

    assertThat(maker.make(inventory.within("elsewhere"), NOW).applications()).isEmpty();
    assertThat(maker.make(inventory.within("elsewhere"), NOW).openClaims()).isEmpty();
    assertThat(maker.make(inventory.within("demo"), NOW).applications()).hasSize(1);
  }

  @Test
  void aClaimThatAnotherNamespaceBacksUpIsNoOpenClaimOfItsOwn() {
    Inventory inventory = new AnInventory().claim("data").saved(new ResourceKey("demo", "data")).build();

    assertThat(maker.make(inventory.within("demo"), NOW).openClaims()).isEmpty();
  }

  @Test
  void tenThousandSnapshotsAreSummarised() {
    AnInventory inventory = new AnInventory();
    for (int repository = 0; repository < 100; repository++) {
      inventory.configuration("web-" + repository, "0 * * * *");
      inventory.snapshots("web-" + repository, 100, NOW.minus(Duration.ofDays(5)));
    }

    Picture picture = picture(inventory);

    assertThat(picture.repositories()).hasSize(100);
    assertThat(picture.repositories().getFirst().succeeded()).isEqualTo(100);
    assertThat(picture.repositories().stream().mapToInt(each -> each.snapshots().size()).sum()).isLessThan(2000);
  }

  @Test
  void onlyWhatChangedIsInTheDifference() {
    AnInventory inventory = new AnInventory().configuration("web", "0 * * * *").configuration("db", "0 * * * *");
    Picture before = picture(inventory);
    Picture after = picture(inventory.run("db", "db-1", "Running", "2026-03-02T12:29:00Z"));

    Difference difference = Difference.between(before, after).orElseThrow();

    assertThat(difference.put().get("applications")).extracting(Picture.Card::id)
        .containsExactly("demo/PersistentVolumeClaim/db");
    assertThat(difference.put()).containsKey("runs");
    assertThat(Difference.between(after, picture(inventory))).isEmpty();
  }

  @Test
  void aCardThatIsGoneIsNamed() {
    Picture before = picture(new AnInventory().configuration("web", "0 * * * *"));

    assertThat(Difference.between(before, picture(new AnInventory())).orElseThrow().gone())
        .containsEntry("applications", java.util.List.of("demo/PersistentVolumeClaim/web"));
  }
}
