package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpecBuilder;
import io.snapstash.api.RepositoryStatusBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotSpecBuilder;
import io.snapstash.api.StoredRepository;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.engine.ResourceKey;
import io.snapstash.sandbox.storage.S3Server;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
  private static final ResourceKey REPO = new ResourceKey("demo", "s3-repo");
  private static final TypedObjectReference CLAIM = new TypedObjectReference(null, "PersistentVolumeClaim", "demo", "data");
  private static S3Server server;
  private static int number;

  private ObjectStore store;
  private Catalogue catalogue;

  @BeforeAll
  static void start() {
    server = S3Server.start(Storages.ACCESS_KEY, Storages.SECRET_KEY).createBucket(Storages.BUCKET);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyPlace() {
    String prefix = "catalogue-" + number++;
    store = Storages.open(StoreLimits.DEFAULT, Storages.s3(server.endpoint(), s3 -> s3.prefix(prefix)),
        Storages.secret());
    catalogue = new Catalogue(store);
  }

  @Test
  void writesMetadataIntoAnEmptyPlace() {
    BackendMeta meta = Outcomes.of(catalogue.initialise(NOW, "v1"));

    assertThat(text("metadata.yaml")).isEqualTo("""
        apiVersion: "config.kubestash.com/v1alpha1"
        kind: "BackendMeta"
        creationTimestamp: "2026-11-23T08:00:00Z"
        operatorVersion: "v1"
        """);
    assertThat(meta.repositories()).isEmpty();
  }

  @Test
  void adoptsMetadataThatIsThere() {
    put("metadata.yaml", """
        apiVersion: config.kubestash.com/v1alpha1
        kind: BackendMeta
        creationTimestamp: "2024-01-16T10:00:00Z"
        operatorVersion: v2024.1
        repositories:
        - name: gcs-repository
          namespace: demo
          path: /pvc-volume-snapshot-repo
        """);

    BackendMeta meta = Outcomes.of(catalogue.initialise(NOW, "v1"));

    assertThat(meta.creationTimestamp()).contains(Instant.parse("2024-01-16T10:00:00Z"));
    assertThat(meta.operatorVersion()).contains("v2024.1");
    assertThat(meta.repositories()).extracting(StoredRepository::path).containsExactly("/pvc-volume-snapshot-repo");
  }

  @Test
  void oneOfManyInitialisersWritesAndTheOthersAdopt() {
    List<Future<BackendMeta>> all = IntStream.range(0, 8).mapToObj(i -> catalogue.initialise(NOW, "v" + i)).toList();
    Outcomes.of(Future.join(all));

    assertThat(all.stream().map(Future::result).map(BackendMeta::operatorVersion).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a list\n", "kind: [", "kind: Repository\n", "just text", "a: 1\n---\nb: 2\n",
      "kind: BackendMeta\nrepositories: [text]\n", "\u0000\u0001"})
  void neverOverwritesMetadataItCannotRead(String content) {
    put("metadata.yaml", content);

    StoreFailure initialised = Outcomes.failureOf(catalogue.initialise(NOW, "v1"));
    StoreFailure registered = Outcomes.failureOf(catalogue.register(entry(REPO, "repo", "0")));

    assertThat(initialised.kind()).isEqualTo(StoreFailure.Kind.UNREADABLE);
    assertThat(registered.kind()).isEqualTo(StoreFailure.Kind.UNREADABLE);
    assertThat(initialised).hasMessageContaining("metadata.yaml");
    assertThat(text("metadata.yaml")).isEqualTo(content);
  }

  @Test
  void neverUnfoldsABomb() {
    StringBuilder bomb = new StringBuilder("kind: BackendMeta\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    put("metadata.yaml", bomb.toString());

    BackendMeta meta = Outcomes.of(catalogue.initialise(NOW, "v1"));

    assertThat(meta.tree().toString()).hasSizeLessThan(10_000);
  }

  @Test
  void refusesAFileThatIsTooDeep() {
    put("metadata.yaml", "kind: BackendMeta\na: " + "[".repeat(5000) + "]".repeat(5000));

    assertThat(Outcomes.failureOf(catalogue.readMeta()).kind()).isEqualTo(StoreFailure.Kind.UNREADABLE);
  }

  @Test
  void addsChangesAndRemovesRepositories() {
    Outcomes.of(catalogue.initialise(NOW, "v1"));
    ResourceKey other = new ResourceKey("shop", "s3-repo");

    Outcomes.of(catalogue.register(entry(REPO, "repo", "0")));
    Outcomes.of(catalogue.register(entry(other, "other", "0")));
    Outcomes.of(catalogue.register(entry(REPO, "repo", "1Gi")));

    assertThat(repositories()).containsExactly(entry(REPO, "repo", "1Gi"), entry(other, "other", "0"));

    Outcomes.of(catalogue.unregister(REPO));
    Outcomes.of(catalogue.unregister(REPO));

    assertThat(repositories()).containsExactly(entry(other, "other", "0"));
  }

  @Test
  void writesNothingIfTheEntryIsThere() {
    Outcomes.of(catalogue.initialise(NOW, "v1"));
    Outcomes.of(catalogue.register(entry(REPO, "repo", "0")));
    String before = Outcomes.of(store.get("metadata.yaml")).orElseThrow().tag();
    put("metadata.yaml", text("metadata.yaml") + "# a note of a person\n");

    Outcomes.of(catalogue.register(entry(REPO, "repo", "0")));

    assertThat(text("metadata.yaml")).endsWith("# a note of a person\n");
    assertThat(before).isNotEmpty();
  }

  @Test
  void keepsFieldsOfOtherVersions() {
    put("metadata.yaml", """
        apiVersion: config.kubestash.com/v1alpha1
        kind: BackendMeta
        license: {features: [a, b]}
        repositories:
        - {name: s3-repo, namespace: demo, path: repo, integrity: true}
        """);

    Outcomes.of(catalogue.register(entry(REPO, "repo", "5")));
    Outcomes.of(catalogue.register(entry(new ResourceKey("shop", "r"), "other", "0")));

    BackendMeta meta = Outcomes.of(catalogue.readMeta()).orElseThrow();
    assertThat(meta.tree().at("/license/features")).hasSize(2);
    assertThat(meta.tree().at("/repositories/0/integrity").asBoolean()).isTrue();
    assertThat(meta.tree().at("/repositories/0/size").asText()).isEqualTo("5");
  }

  @Test
  void losesNoEntryOfManyWriters() {
    Outcomes.of(catalogue.initialise(NOW, "v1"));

    Outcomes.of(Future.join(IntStream.range(0, 6)
        .mapToObj(i -> catalogue.register(entry(new ResourceKey("demo", "repo-" + i), "repo-" + i, "0"))).toList()));

    assertThat(repositories()).hasSize(6);
  }

  @Test
  void writesARepositoryAndAdoptsItsOwn() {
    Repository repository = repository("repo", CLAIM);

    Outcomes.of(catalogue.initialise(repository));
    repository.setStatus(RepositoryStatusBuilder.builder().phase("Ready").build());
    Outcomes.of(catalogue.initialise(repository));

    assertThat(text("repo/repository.yaml")).contains("kind: \"Repository\"")
        .contains("name: \"s3-repo\"").contains("team: \"storage\"").doesNotContain("status:");
  }

  @Test
  void leavesOutWhatBelongsToOneCluster() {
    Outcomes.of(catalogue.initialise(repository("repo", CLAIM)));

    assertThat(text("repo/repository.yaml")).doesNotContain("uid").doesNotContain("resourceVersion")
        .doesNotContain("generation").doesNotContain("finalizers").doesNotContain("last-applied")
        .contains("keep: \"me\"");
  }

  @Test
  void rewritesARepositoryWhenItChanged() {
    Repository repository = repository("repo", CLAIM);
    Outcomes.of(catalogue.write(repository));
    repository.setStatus(RepositoryStatusBuilder.builder().phase("Ready").snapshotCount(3).build());

    Outcomes.of(catalogue.write(repository));
    String tag = Outcomes.of(store.get("repo/repository.yaml")).orElseThrow().tag();
    Outcomes.of(catalogue.write(repository));

    Repository stored = Outcomes.of(catalogue.readRepository("repo")).orElseThrow();
    assertThat(stored.getStatus()).isEqualTo(repository.getStatus());
    assertThat(stored.getSpec()).isEqualTo(repository.getSpec());
    assertThat(Outcomes.of(store.get("repo/repository.yaml")).orElseThrow().tag()).isEqualTo(tag);
  }

  @Test
  void refusesAFolderOfAnotherApplication() {
    Outcomes.of(catalogue.initialise(repository("/repo/", CLAIM)));
    Repository other = repository("repo", new TypedObjectReference("apps", "StatefulSet", "demo", "orders"));

    StoreFailure initialised = Outcomes.failureOf(catalogue.initialise(other));
    StoreFailure written = Outcomes.failureOf(catalogue.write(other));

    assertThat(List.of(initialised.kind(), written.kind())).containsOnly(StoreFailure.Kind.CONFLICT);
    assertThat(initialised.retryable()).isFalse();
    assertThat(initialised).hasMessageContaining("PersistentVolumeClaim demo/data")
        .hasMessageContaining("StatefulSet.apps demo/orders");
    assertThat(text("repo/repository.yaml")).contains("name: \"data\"");
  }

  @Test
  void oneOfTwoApplicationsGetsTheFolder() {
    Repository other = repository("repo", new TypedObjectReference("apps", "StatefulSet", "demo", "orders"));
    List<Future<Void>> both =
        List.of(catalogue.initialise(repository("repo", CLAIM)), catalogue.initialise(other));

    Outcomes.of(Future.join(both).otherwiseEmpty());

    assertThat(both.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(both.stream().filter(Future::failed).map(Future::cause))
        .allMatch(failure -> StoreFailure.is(failure, StoreFailure.Kind.CONFLICT));
  }

  @Test
  void takesAbsentAndEmptyReferencesForTheSame() {
    Outcomes.of(catalogue.initialise(
        repository("repo", new TypedObjectReference("", "PersistentVolumeClaim", null, "data"))));

    Outcomes.of(catalogue.initialise(repository("repo", CLAIM)));
  }

  @Test
  void refusesADirectoryThatReachesOut() {
    assertThat(Outcomes.failureOf(catalogue.initialise(repository("../other", CLAIM))).kind())
        .isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION);
    assertThat(Outcomes.failureOf(catalogue.readSnapshot("repo", "../../x")).kind())
        .isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION);
  }

  @Test
  void keepsASnapshotWithItsVolumeSnapshots() {
    StoredVolumeSnapshot volume = StoredVolumeSnapshotBuilder.builder().name("data-1705402801").namespace("demo")
        .pvcName("data").driver("hostpath.csi.k8s.io").snapshotHandle("snap-1").restoreSize(1L << 30)
        .creationTime(Instant.parse("2026-11-23T08:00:00Z")).accessModes(List.of("ReadWriteOnce")).storage("1Gi").build();
    Snapshot snapshot = snapshot("snap-1");

    Outcomes.of(catalogue.write("repo", snapshot, List.of(volume)));

    StoredSnapshot stored = Outcomes.of(catalogue.readSnapshot("repo", "snap-1")).orElseThrow();
    assertThat(stored.volumeSnapshots()).containsExactly(volume);
    assertThat(stored.snapshot().getSpec()).isEqualTo(snapshot.getSpec());
    assertThat(snapshot.getMetadata().getAnnotations()).doesNotContainKey("snapstash.io/volume-snapshots");
    assertThat(text("repo/snapshots/snap-1.yaml")).contains("snapstash.io/volume-snapshots: \"[{\\\"name");
  }

  @Test
  void readsBothSnapshotFoldersAndTheFirstWins() {
    put("repo/repository/snapshots/old.yaml", "kind: Snapshot\nmetadata: {name: old}\nspec: {session: second}\n");
    put("repo/repository/snapshots/both.yaml", "kind: Snapshot\nmetadata: {name: both}\nspec: {session: second}\n");
    put("repo/snapshots/both.yaml", "kind: Snapshot\nmetadata: {name: both}\nspec: {session: first}\n");
    put("repo/snapshots/notes.txt", "not a Snapshot");

    List<String> names = new ArrayList<>();
    Outcomes.of(catalogue.snapshotNames("/repo", page -> {
      names.addAll(page);
      return Future.succeededFuture();
    }));

    assertThat(names).containsExactlyInAnyOrder("both", "old", "both");
    assertThat(session("both")).isEqualTo("first");
    assertThat(session("old")).isEqualTo("second");
    Outcomes.of(catalogue.removeSnapshot("repo", "both"));
    assertThat(Outcomes.of(catalogue.readSnapshot("repo", "both"))).isEmpty();
  }

  @Test
  void refusesASnapshotWithAForgedList() {
    put("repo/snapshots/bad.yaml",
        "kind: Snapshot\nmetadata: {name: bad, annotations: {snapstash.io/volume-snapshots: 'nonsense'}}\n");
    put("repo/snapshots/null.yaml",
        "kind: Snapshot\nmetadata: {name: bad, annotations: {snapstash.io/volume-snapshots: 'null'}}\n");

    assertThat(Outcomes.failureOf(catalogue.readSnapshot("repo", "bad")).kind())
        .isEqualTo(StoreFailure.Kind.UNREADABLE);
    assertThat(Outcomes.failureOf(catalogue.readSnapshot("repo", "null")).kind())
        .isEqualTo(StoreFailure.Kind.UNREADABLE);
  }

  @Test
  void wipesARepositoryAndNotItsNeighbours() {
    Repository repository = initialised("/repo");
    ResourceKey inside = new ResourceKey("demo", "inside");
    Outcomes.of(catalogue.register(entry(inside, "repo/inside", "0")));
    putAny("repo/repository/v1/x", "repo/inside/repository.yaml", "repo-2/repository.yaml");

    Outcomes.of(new Wipe(catalogue).repository(repository));
    Outcomes.of(new Wipe(catalogue).repository(repository));

    assertThat(Outcomes.of(store.list(""))).containsExactlyInAnyOrder("metadata.yaml",
        "repo/inside/repository.yaml", "repo-2/repository.yaml");
    assertThat(repositories()).containsExactly(entry(inside, "repo/inside", "0"));
  }

  @Test
  void wipesARepositoryAtTheRootOnlyAsFarAsItIsItsOwn() {
    Repository repository = initialised("/");
    putAny("snapshots/a.yaml", "somebody/else.txt");

    Outcomes.of(new Wipe(catalogue).repository(repository));

    assertThat(Outcomes.of(store.list(""))).containsExactlyInAnyOrder("metadata.yaml", "somebody/else.txt");
  }

  @Test
  void goesOnWithAWipeThatWasInterruptedAfterItsFirstFile() {
    Repository repository = initialised("repo");
    putAny("repo/snapshots/a.yaml");
    Outcomes.of(store.delete("repo/repository.yaml"));

    Outcomes.of(new Wipe(catalogue).repository(repository));

    assertThat(Outcomes.of(store.list(""))).containsExactly("metadata.yaml");
  }

  @Test
  void neverWipesAFolderOfAnotherApplication() {
    initialised("repo");
    putAny("repo/snapshots/a.yaml");
    Repository refused = repository("repo", new TypedObjectReference(null, "PersistentVolumeClaim", "demo", "other"));
    refused.getMetadata().setName("newcomer");

    Outcomes.of(new Wipe(catalogue).repository(refused));

    assertThat(Outcomes.of(store.list("repo"))).hasSize(2);
  }

  @Test
  void neverWipesAFolderThatNothingGivesToTheRepository() {
    Outcomes.of(catalogue.initialise(NOW, "v1"));
    putAny("repo/holiday.jpg");

    Outcomes.of(new Wipe(catalogue).repository(repository("repo", CLAIM)));

    assertThat(Outcomes.of(store.list("repo"))).hasSize(1);
  }

  @Test
  void wipesAStorageUnderItsPrefix() {
    Outcomes.of(catalogue.initialise(NOW, "v1"));
    put("repo/repository.yaml", "x");
    put("debug_metadata.yaml", "x");

    Outcomes.of(new Wipe(catalogue).storage());
    Outcomes.of(new Wipe(catalogue).storage());

    assertThat(Outcomes.of(store.list(""))).isEmpty();
  }

  @Test
  void wipesOfASharedBucketOnlyWhatItLists() {
    server.createBucket("shared");
    ObjectStore root = Storages.open(StoreLimits.DEFAULT,
        Storages.s3(server.endpoint(), s3 -> s3.bucket("shared").prefix("")), Storages.secret());
    Catalogue shared = new Catalogue(root);
    Outcomes.of(shared.initialise(NOW, "v1"));
    Outcomes.of(shared.register(entry(REPO, "repo", "0")));
    for (String key : List.of("repo/repository.yaml", "photos/cat.jpg", "repository.txt")) {
      Outcomes.of(root.put(key, new byte[1], PutCondition.always()));
    }

    Outcomes.of(new Wipe(shared).storage());

    assertThat(Outcomes.of(root.list(""))).containsExactlyInAnyOrder("photos/cat.jpg", "repository.txt");
  }

  private String session(String name) {
    return Outcomes.of(catalogue.readSnapshot("repo", name)).orElseThrow().snapshot().getSpec().session();
  }

  private List<StoredRepository> repositories() {
    return Outcomes.of(catalogue.readMeta()).orElseThrow().repositories();
  }

  private void put(String key, String content) {
    Outcomes.of(store.put(key, content.getBytes(StandardCharsets.UTF_8), PutCondition.always()));
  }

  private String text(String key) {
    return Outcomes.of(store.get(key)).orElseThrow().text();
  }

  private void putAny(String... keys) {
    List.of(keys).forEach(key -> put(key, "x"));
  }

  private Repository initialised(String path) {
    Repository repository = repository(path, CLAIM);
    Outcomes.of(catalogue.initialise(NOW, "v1"));
    Outcomes.of(catalogue.initialise(repository));
    Outcomes.of(catalogue.register(entry(REPO, path, "0")));
    return repository;
  }

  private static StoredRepository entry(ResourceKey key, String path, String size) {
    return new StoredRepository(key.name(), key.namespace(), path, size, null, null);
  }

  private static ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace("demo").withUid("1234").withResourceVersion("77")
        .withGeneration(2L).withFinalizers("kubestash.com/cleanup").withLabels(Map.of("team", "storage"))
        .withAnnotations(Map.of("keep", "me", "kubectl.kubernetes.io/last-applied-configuration", "{}")).build();
  }

  private static Repository repository(String path, TypedObjectReference app) {
    Repository repository = new Repository();
    repository.setMetadata(metadata("s3-repo"));
    repository.setSpec(RepositorySpecBuilder.builder().appRef(app).path(path)
        .storageRef(new ObjectReference("demo", "s3-storage")).deletionPolicy("Delete").build());
    return repository;
  }

  private static Snapshot snapshot(String name) {
    Snapshot snapshot = new Snapshot();
    snapshot.setMetadata(metadata(name));
    snapshot.setSpec(SnapshotSpecBuilder.builder().repository("s3-repo").session("frequent").appRef(CLAIM).build());
    return snapshot;
  }
}
