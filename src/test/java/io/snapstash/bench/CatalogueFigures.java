package io.snapstash.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.BackupStorageSpecBuilder;
import io.snapstash.api.Json;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpecBuilder;
import io.snapstash.api.S3BackendBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StorageBackendBuilder;
import io.snapstash.api.StoredRepository;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Bucket;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.snapstash.storage.Catalogue;
import io.snapstash.storage.LocalFolders;
import io.snapstash.storage.ObjectStore;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreLimits;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the catalogue costs: writing a file, giving a cluster ten thousand Snapshots back, wiping a Repository. */
final class CatalogueFigures {
  private static final int SNAPSHOTS = 10_000;
  private static final int SMALL = 1000;
  private static final int UPLOADS = 200;
  private static final long WRITERS = 50;

  private final BenchWorld bench;
  private final JarOperator operator;
  private final Figures figures;
  private final StoreFactory stores = new StoreFactory(StoreLimits.DEFAULT, Map.of(), LocalFolders.none());

  private CatalogueFigures(BenchWorld bench, JarOperator operator, Figures figures) {
    this.bench = bench;
    this.operator = operator;
    this.figures = figures;
  }

  static void measure(Figures figures) {
    AtomicReference<JarOperator> operator = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("catalogue", Behaviour.instant(), kubeconfig -> {
      operator.set(new JarOperator(Jar.trained(), kubeconfig, "catalogue-operator"));
      return operator.get();
    }, _ -> new InProcessRunner("snapstash/", _ -> null, Map.of()))) {
      new CatalogueFigures(bench, operator.get(), figures).measure();
    }
  }

  private void measure() {
    delete(ResourceTypes.BACKUP_STORAGES, "s3-storage");
    Catalogue catalogue = new Catalogue(store());
    fill(catalogue, "large", SNAPSHOTS);
    fill(catalogue, "small", SMALL);
    upload(catalogue);
    synchronise();
    wipe();
    BenchWorld.await(stores.close());
  }

  private ObjectStore store() {
    Bucket bucket = bench.world().parts().store();
    return stores.open(new ResourceKey("", "bench"), BackupStorageSpecBuilder.builder().storage(
        StorageBackendBuilder.builder().provider("s3").s3(S3BackendBuilder.builder().endpoint(bucket.endpoint())
            .bucket(bucket.name()).prefix("demo").maxConnections(WRITERS).secretName("s").build()).build()).build(),
        Optional.of(Map.of("AWS_ACCESS_KEY_ID", bucket.accessKey().getBytes(StandardCharsets.UTF_8),
            "AWS_SECRET_ACCESS_KEY", bucket.secretKey().getBytes(StandardCharsets.UTF_8))));
  }

  private static void fill(Catalogue catalogue, String name, int snapshots) {
    Repository repository = new Repository();
    repository.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("demo").build());
    repository.setSpec(RepositorySpecBuilder.builder().path(name).storageRef(new ObjectReference("demo", "s3-storage"))
        .appRef(new TypedObjectReference("", "PersistentVolumeClaim", "demo", name)).build());
    BenchWorld.await(catalogue.initialise(repository).compose(_ -> catalogue.register(
        new StoredRepository(name, "demo", name, null, null, null))));
    for (int first = 0; first < snapshots; first += SMALL) {
      BenchWorld.await(Future.all(IntStream.range(first, first + SMALL)
          .mapToObj(number -> write(catalogue, name, number)).toList()));
    }
  }

  private static Future<Void> write(Catalogue catalogue, String repository, int number) {
    String name = repository + "-nightly-" + (1_700_000_000L + number * 3600L);
    return catalogue.write(repository, snapshot(repository, name, number), List.of(new StoredVolumeSnapshot(
        "data-" + number, "demo", "data", "csi.example.com", "handle-" + repository + "-" + number, 1L << 30,
        Instant.EPOCH, "csi-class", "Delete", List.of("ReadWriteOnce"), "Filesystem", "standard", "1Gi")));
  }

  private static Snapshot snapshot(String repository, String name, int number) {
    return Json.MAPPER.convertValue(Manifests.parse("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: Snapshot
        metadata: {name: %s, namespace: demo, labels: {kubestash.com/repo-name: %s}}
        spec:
          snapshotID: 01HM%022d
          type: FullBackup
          repository: %s
          session: nightly
          backupSession: nightly-%d
          version: v1
          deletionPolicy: Delete
          appRef: {apiGroup: "", kind: PersistentVolumeClaim, namespace: demo, name: %s}
        status:
          phase: Succeeded
          totalComponents: 1
          snapshotTime: "2024-01-16T11:00:00Z"
          components:
            volumesnapshot:
              driver: VolumeSnapshotter
              phase: Succeeded
              volumeSnapshotterStats: [{pvcName: data, volumeSnapshotName: data-%d}]
          conditions:
            - {type: SnapshotMetadataUploaded, status: "True", reason: SuccessfullyUploadedSnapshotMetadata,
               message: "", lastTransitionTime: "2024-01-16T11:00:10Z"}
        """.formatted(name, repository, number, repository, number, repository, number)).getFirst(), Snapshot.class);
  }

  private void upload(Catalogue catalogue) {
    List<Long> took = new ArrayList<>();
    for (int number = 0; number < UPLOADS; number++) {
      long begin = System.nanoTime();
      BenchWorld.await(write(catalogue, "small", number));
      took.add(System.nanoTime() - begin);
    }
    List<Long> sorted = took.stream().sorted().toList();
    figures.add("upload of a Snapshot file, median and p99", String.format(Locale.ROOT, "%.1f ms, %.1f ms",
        sorted.get(UPLOADS / 2) / 1e6, sorted.get(UPLOADS * 99 / 100) / 1e6));
  }

  private void synchronise() {
    bench.server().requests().clear();
    long begin = System.nanoTime();
    bench.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    bench.await(ResourceTypes.BACKUP_STORAGES, "synchronised", all -> all.stream().anyMatch(storage ->
        storage.getStatus() != null && storage.getStatus().repositories() != null
            && storage.getStatus().repositories().stream().filter(entry ->
                Boolean.TRUE.equals(entry.synced())).count() == 2));
    figures.add("synchronisation of " + (SNAPSHOTS + SMALL) + " Snapshots", seconds(begin));
    figures.add("… requests to the API server, watches apart", tally());
    figures.add("… requests to the store", storageRequests());
    figures.add("… highest resident memory of the operator, start included", String.format(Locale.ROOT, "%.0f MB",
        OwnProcess.kibibytes(operator.pid(), "VmHWM") * 1024 / 1e6));
  }

  private String tally() {
    Map<String, Long> asked = bench.server().requests().matching(entry ->
            entry.userAgent().equals(Programs.OPERATOR) && !entry.verb().equals("watch")).stream()
        .collect(Collectors.groupingBy(entry -> entry.what(), TreeMap::new, Collectors.counting()));
    return asked.toString();
  }

  /** By operation, from the operator's own count since it started. */
  private String storageRequests() {
    Map<String, Double> asked = new TreeMap<>();
    operator.metrics().lines().filter(line -> line.startsWith("snapstash_storage_request_duration_seconds_count{"))
        .forEach(line -> asked.merge(line.replaceAll(".*operation=\"([^\"]*)\".*", "$1"),
            Double.parseDouble(line.substring(line.lastIndexOf(' '))), Double::sum));
    return asked.entrySet().stream().map(each -> each.getKey() + "=" + Math.round(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void wipe() {
    BenchWorld.await(bench.client().patch(ResourceTypes.REPOSITORIES, new ResourceKey("demo", "small"),
        Manifests.parse("{spec: {deletionPolicy: WipeOut}}").getFirst()));
    long begin = System.nanoTime();
    delete(ResourceTypes.REPOSITORIES, "small");
    figures.add("wipe of a Repository with " + SMALL + " Snapshots, files and objects", seconds(begin));
  }

  private <T extends HasMetadata> void delete(ResourceType<T> type, String name) {
    BenchWorld.await(bench.client().delete(type, new ResourceKey("demo", name), DeleteOptions.BACKGROUND));
    bench.await(type, name + " is gone", all -> all.stream().noneMatch(each ->
        each.getMetadata().getName().equals(name)));
  }

  private static String seconds(long begin) {
    return String.format(Locale.ROOT, "%.1f s", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3);
  }
}
