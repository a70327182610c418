package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.Await.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two disasters. First the API server is thrown away with all it knows (objects are not deleted, for that would free
 * the array), and a new one recovers from the bucket and the array alone. Then a namespace is deleted in which the
 * operator had set the contents to Retain, and its backups are recovered, too.
 */
final class Drill {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Map<String, String> SETTINGS = Map.of("SNAPSTASH_SNAPSHOTS_CONTENTPOLICY", "retain");
  private static final String STORAGE = "k8s/samples/00-storage.yaml";

  private final Vertx vertx;
  private final Time time;
  private final Terminal terminal;
  private final SandboxSetup.Lasting lasting;
  private final Path folder;
  private final Catalogue catalogue;
  private final List<Sample> samples =
      Sample.all().stream().filter(sample -> !sample.folder().equals("daemonset")).map(Sample::withoutSchedule).toList();

  /**
   * Where the catalogue is kept.
   *
   * @param manifests Namespace, Secret, BackupStorage {@code s3-storage} and RetentionPolicy
   * @param settings of the operator
   */
  record Catalogue(List<ObjectNode> manifests, Map<String, String> settings) {
    /** That of the samples, in the sandbox's bucket. */
    static Catalogue inBucket() {
      return new Catalogue(Manifests.file(STORAGE), Map.of());
    }

    static Catalogue onNfs() {
      return inBucket().on("local", "{mountPath: /catalogue, nfs: {server: nfs.example.com, path: /export}}");
    }

    /** The same storage by another provider. */
    Catalogue on(String provider, String backend) {
      List<ObjectNode> changed = manifests.stream().map(ObjectNode::deepCopy).toList();
      changed.stream().filter(each -> each.path("kind").asText().equals("BackupStorage"))
          .forEach(each -> each.withObject("/spec").putObject("storage").put("provider", provider)
              .set(provider, Manifests.parse(backend).getFirst()));
      return new Catalogue(changed, settings);
    }
  }

  Drill(Vertx vertx, Time time, Terminal terminal, SandboxSetup.Lasting lasting, Path folder,
      Catalogue catalogue) {
    this.catalogue = catalogue;
    this.vertx = vertx;
    this.time = time;
    this.terminal = terminal;
    this.lasting = lasting;
    this.folder = folder;
  }

  /** What every claim held before and after, of both acts. */
  Future<List<SampleTour.Row>> run() {
    List<SampleTour.Row> rows = new ArrayList<>();
    return cluster().compose(first -> backUp(first.world()).compose(_ -> lose(first)))
        .compose(_ -> cluster())
        .compose(second -> recover(second.world(), "act 1").onSuccess(rows::addAll)
            .compose(_ -> loseNamespace(second.world()))
            .compose(_ -> recover(second.world(), "act 2")).onSuccess(rows::addAll)
            .eventually(second::close))
        .map(_ -> List.copyOf(rows));
  }

  private Future<SandboxSetup> cluster() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(catalogue.settings());
    return SandboxSetup.start(vertx, time, Optional.empty(), folder, lasting, settings)
        .onSuccess(setup -> terminal.line("drill", "a cluster is up, API server at " + setup.url()));
  }

  private Future<Void> backUp(World world) {
    return world.apply(catalogue.manifests()).compose(_ -> Future.all(samples.stream().map(sample -> {
      SampleTour tour = new SampleTour(world, terminal, sample);
      return tour.prepare().compose(_ -> tour.backUp());
    }).toList())).mapEmpty();
  }

  private Future<Void> lose(SandboxSetup cluster) {
    return cluster.close().onSuccess(_ -> terminal.line("drill", "the API server is gone with every object; the array"
        + " keeps " + lasting.disks().snapshotHandles().size() + " snapshots"));
  }

  /** Storage and restores, nothing else: the catalogue has the rest. */
  private Future<List<SampleTour.Row>> recover(World world, String act) {
    terminal.line("drill", act + ": applying the BackupStorage and the RestoreSessions to the empty cluster");
    return world.apply(catalogue.manifests()).compose(_ -> {
      List<Future<List<SampleTour.Row>>> tours = samples.stream().map(sample -> {
        SampleTour tour = new SampleTour(world, terminal, sample);
        return tour.restore().compose(_ -> tour.compare());
      }).toList();
      return Future.all(tours).map(_ -> tours.stream().flatMap(each -> each.result().stream()).toList());
    });
  }

  private Future<Void> loseNamespace(World world) {
    ResourceKey demo = ResourceKey.clusterScoped(Sample.NAMESPACE);
    return world.client().delete(ResourceTypes.NAMESPACES, demo, DeleteOptions.BACKGROUND)
        .compose(_ -> new Await(vertx, world.client(), time).until(ResourceTypes.NAMESPACES,
            Selection.one("", Sample.NAMESPACE), PATIENCE, found -> found.isEmpty()
                ? new Progress.Reached<>(true) : new Progress.Waiting<>("namespace demo is still there")))
        .onSuccess(_ -> terminal.line("drill", "namespace " + Sample.NAMESPACE + " is deleted; the array keeps "
            + lasting.disks().snapshotHandles().size() + " snapshots")).mapEmpty();
  }
}
