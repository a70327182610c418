package io.snapstash.picture;

import io.snapstash.api.Snapshot;
import io.snapstash.picture.Picture.Application;
import io.snapstash.picture.Picture.Cut;
import io.snapstash.picture.Picture.Failure;
import io.snapstash.picture.Picture.Headline;
import io.snapstash.picture.Picture.Moment;
import io.snapstash.picture.Picture.OpenClaim;
import io.snapstash.picture.Picture.Run;
import io.snapstash.picture.Picture.Storage;
import io.snapstash.picture.Picture.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the picture of an inventory at an instant. */
public final class PictureMaker {
  private static final int MOST_APPLICATIONS = 500;
  private static final int MOST_STORES = 200;
  private static final int MOST = 100;

  private final Fates fates;

  public PictureMaker(Fates fates) {
    this.fates = fates;
  }

  public Picture make(Inventory inventory, Instant now) {
    Map<String, List<Snapshot>> snapshotsByRun = byRun(inventory);
    List<Application> applications = Applications.of(inventory, snapshotsByRun, now);
    List<Run> runs = Runs.of(inventory, snapshotsByRun);
    List<Store> stores = Stores.repositories(inventory, fates, now, MOST_STORES);
    List<Storage> storages = Stores.storages(inventory);
    List<Failure> failures = Failures.of(inventory, snapshotsByRun);
    List<OpenClaim> open = openClaims(inventory);
    Cut cut = new Cut(over(applications, MOST_APPLICATIONS), over(runs, MOST), Math.max(0, inventory.repositories().size() - stores.size()),
        over(storages, MOST), over(failures, MOST), over(open, MOST));
    return new Picture(Picture.SCHEMA, now, headline(applications, runs, failures, open),
        first(applications, MOST_APPLICATIONS), first(runs, MOST), stores, first(storages, MOST),
        first(failures, MOST), first(open, MOST), cut);
  }

  private static Map<String, List<Snapshot>> byRun(Inventory inventory) {
    Map<String, List<Snapshot>> all = new HashMap<>();
    for (Snapshot snapshot : inventory.snapshots()) {
      if (snapshot.getSpec() != null && snapshot.getSpec().backupSession() != null) {
        all.computeIfAbsent(snapshot.getMetadata().getNamespace() + "/" + snapshot.getSpec().backupSession(),
            _ -> new ArrayList<>()).add(snapshot);
      }
    }
    return all;
  }

  private static List<OpenClaim> openClaims(Inventory inventory) {
    return inventory.claims().entrySet().stream().filter(each -> !inventory.saved().contains(each.getKey()))
        .map(each -> new OpenClaim(each.getKey().toString(), each.getKey().namespace(), each.getKey().name(),
            each.getValue())).sorted(Comparator.comparing(OpenClaim::id)).toList();
  }

  private static Headline headline(List<Application> applications, List<Run> runs, List<Failure> failures,
      List<OpenClaim> open) {
    return new Headline(applications.size(), inState(applications, Applications.PROTECTED),
        inState(applications, Applications.LATE), inState(applications, Applications.UNPROTECTED), failures.size(),
        runs.size(), open.size(), moment(applications, Application::lastGood), moment(applications, Application::nextRun));
  }

  private static int inState(List<Application> applications, String state) {
    return (int) applications.stream().filter(each -> state.equals(each.state())).count();
  }

  /** The earliest of all. */
  private static Moment moment(List<Application> applications, Function<Application, Instant> what) {
    return applications.stream().filter(each -> what.apply(each) != null)
        .min(Comparator.comparing(what).thenComparing(Application::id))
        .map(each -> new Moment(each.id(), what.apply(each))).orElse(null);
  }

  private static int over(List<?> list, int most) {
    return Math.max(0, list.size() - most);
  }

  private static <T> List<T> first(List<T> list, int most) {
    return list.size() <= most ? list : List.copyOf(list.subList(0, most));
  }
}
