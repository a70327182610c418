package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.Azurite;
import io.snapstash.fixtures.GcsServer;
import io.snapstash.sandbox.storage.S3Server;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider does alike. */
@Isolated("calls that hang would keep every story from coming to rest")
class ObjectStoreTest {
  @TempDir
  private static Path folder;
  private static S3Server server;
  private static GcsServer google;
  private static int number;

  @BeforeAll
  static void start() throws IOException {
    google = GcsServer.start().createBucket(Storages.BUCKET);
    server = S3Server.start(Storages.ACCESS_KEY, Storages.SECRET_KEY).createBucket(Storages.BUCKET);
  }

  @AfterAll
  static void stop() {
    server.close();
    google.close();
  }

  /** A place of its own for each test. */
  static Stream<ObjectStore> stores() {
    String prefix = "place-" + number++;
    return Stream.of(Optional.of(s3(prefix)), Optional.of(gcs(prefix)), azure(prefix),
        Optional.of(new ObjectStore(new FolderStore(folder.resolve(prefix)), "", 5))).flatMap(Optional::stream);
  }

  private static ObjectStore s3(String prefix) {
    return Storages.open(StoreLimits.DEFAULT, Storages.s3(server.endpoint(), s3 -> s3.prefix(prefix)),
        Storages.secret());
  }

  private static ObjectStore gcs(String prefix) {
    return Storages.factory(StoreLimits.DEFAULT, Map.of(), new StoreEndpoints(google.endpoint(), ""))
        .open(Storages.NAME, Storages.gcs(gcs -> gcs.prefix(prefix)), Optional.of(google.secret()));
  }

  /** Absent where there is no Azurite; {@link AzureStoreTest} tells why. */
  private static Optional<ObjectStore> azure(String prefix) {
    return Azurite.get().service().map(azurite -> Storages
        .factory(StoreLimits.DEFAULT, Map.of(), new StoreEndpoints("", azurite.createContainer(Storages.BUCKET).endpoint()))
        .open(Storages.NAME, Storages.azure(azure -> azure.prefix(prefix).storageAccount(azurite.account())),
            Optional.of(azurite.secret())));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void givesBackWhatWasPut(ObjectStore store) {
    assertThat(Outcomes.of(store.get("a/b.yaml"))).isEmpty();

    String tag = Outcomes.of(store.put("/a//b.yaml", bytes("grün: ja\n"), PutCondition.always()));

    StoredObject found = Outcomes.of(store.get("a/b.yaml")).orElseThrow();
    assertThat(found.text()).isEqualTo("grün: ja\n");
    assertThat(found.tag()).isEqualTo(tag);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void takesKeysAsTheyAre(ObjectStore store) {
    String key = "grün & gut/a+b%20c=?#'~.yaml";

    Outcomes.of(store.put(key, bytes("x"), PutCondition.ifAbsent()));

    assertThat(Outcomes.of(store.list("grün & gut"))).containsExactly(key);
    assertThat(Outcomes.of(store.get(key))).isPresent();
    Outcomes.of(store.delete(key));
    assertThat(Outcomes.of(store.list(""))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void deletesWhatMayBeMissing(ObjectStore store) {
    Outcomes.of(store.put("a/b.yaml", bytes("x"), PutCondition.always()));

    Outcomes.of(store.delete("a/b.yaml"));
    Outcomes.of(store.delete("a/b.yaml"));

    assertThat(Outcomes.of(store.get("a/b.yaml"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void letsOneOfManyWritersCreateAnObject(ObjectStore store) {
    List<Future<String>> writers = IntStream.range(0, 20)
        .mapToObj(i -> store.put("new.yaml", bytes("writer " + i), PutCondition.ifAbsent())).toList();

    Outcomes.of(Future.join(writers).otherwiseEmpty());

    assertThat(writers.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(Outcomes.of(store.get("new.yaml")).orElseThrow().text()).startsWith("writer ");
    assertThat(writers.stream().filter(Future::failed).map(Future::cause))
        .allMatch(failure -> StoreFailure.is(failure, StoreFailure.Kind.PRECONDITION_FAILED));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void letsOneOfManyWritersReplaceAnObject(ObjectStore store) {
    String tag = Outcomes.of(store.put("a.yaml", bytes("before"), PutCondition.always()));

    List<Future<String>> writers = IntStream.range(0, 20)
        .mapToObj(i -> store.put("a.yaml", bytes("writer " + i), PutCondition.ifMatch(tag))).toList();
    Outcomes.of(Future.join(writers).otherwiseEmpty());

    assertThat(writers.stream().filter(Future::succeeded)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void replacesOnlyWhatWasRead(ObjectStore store) {
    String first = Outcomes.of(store.put("a.yaml", bytes("1"), PutCondition.always()));
    String second = Outcomes.of(store.put("a.yaml", bytes("2"), PutCondition.ifMatch(first)));

    StoreFailure late = Outcomes.failureOf(store.put("a.yaml", bytes("3"), PutCondition.ifMatch(first)));
    StoreFailure gone = Outcomes.failureOf(store.put("b.yaml", bytes("3"), PutCondition.ifMatch(second)));

    assertThat(List.of(late.kind(), gone.kind())).containsOnly(StoreFailure.Kind.PRECONDITION_FAILED);
    assertThat(late.retryable()).isTrue();
    assertThat(Outcomes.of(store.get("a.yaml")).orElseThrow().text()).isEqualTo("2");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void listsFoldersAtAnyDepthAndNotTheirNeighbours(ObjectStore store) {
    for (String key : List.of("repo/a.yaml", "repo/x/y/b.yaml", "repo-2/c.yaml", "repo.yaml")) {
      Outcomes.of(store.put(key, bytes("x"), PutCondition.always()));
    }

    assertThat(Outcomes.of(store.list("/repo/"))).containsExactlyInAnyOrder("repo/a.yaml", "repo/x/y/b.yaml");
    assertThat(Outcomes.of(store.list(""))).hasSize(4);
    assertThat(Outcomes.of(store.list("nothing"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void listsPageAfterPageWithoutHurry(ObjectStore store) {
    int many = 1203;
    Outcomes.of(Future.join(IntStream.range(0, many)
        .mapToObj(i -> store.put("many/" + i + ".yaml", bytes("x"), PutCondition.always())).toList()));

    ConcurrentHashMap.KeySetView<String, Boolean> seen = ConcurrentHashMap.newKeySet();
    List<Promise<Void>> turns = new ArrayList<>(List.of(Promise.promise(), Promise.promise()));
    List<Integer> pages = new ArrayList<>();
    Future<Long> listing = store.list("many", keys -> {
      seen.addAll(keys);
      pages.add(keys.size());
      Promise<Void> turn = turns.get(pages.size() - 1);
      turn.complete();
      return turn.future();
    });

    assertThat(Outcomes.of(listing)).isEqualTo(many);
    assertThat(pages).containsExactly(1000, 203);
    assertThat(seen).hasSize(many);

    assertThat(Outcomes.of(store.deleteFolder("many"))).isEqualTo(many);
    assertThat(Outcomes.of(store.list("many"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void removesOnlyWhatTheFilterLetsThrough(ObjectStore store) {
    for (String key : List.of("repo/a.yaml", "repo/keep/b.yaml", "repo-2/c.yaml")) {
      Outcomes.of(store.put(key, bytes("x"), PutCondition.always()));
    }

    Outcomes.of(store.deleteFolder("repo", key -> !key.startsWith("repo/keep/")));

    assertThat(Outcomes.of(store.list(""))).containsExactlyInAnyOrder("repo/keep/b.yaml", "repo-2/c.yaml");
  }

  @ParameterizedTest
  @MethodSource("stores")
  void refusesObjectsThatAreNoneOfOurs(ObjectStore store) {
    Outcomes.of(store.put("huge.yaml", new byte[StoreProvider.MOST_BYTES + 1], PutCondition.always()));

    assertThat(Outcomes.failureOf(store.get("huge.yaml")).kind()).isEqualTo(StoreFailure.Kind.UNREADABLE);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void refusesKeysThatReachOut(ObjectStore store) {
    assertThat(Outcomes.failureOf(store.get("../other/metadata.yaml")).kind())
        .isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION);
    assertThat(Outcomes.failureOf(store.deleteFolder("a/..")).kind())
        .isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION);
  }

  @Test
  void completesOnTheContextOfTheCaller() {
    Vertx vertx = Vertx.vertx();
    ObjectStore store = stores().toList().getLast();
    Context context = vertx.getOrCreateContext();
    Promise<Boolean> same = Promise.promise();

    context.runOnContext(_ -> store.get("x").onComplete(_ -> same.complete(Vertx.currentContext() == context)));

    assertThat(Outcomes.of(same.future())).isTrue();
    Outcomes.of(vertx.close());
  }

  @Test
  void ignoresFolderMarkersAndRemovesThem() {
    ObjectStore root = s3("markers");
    S3Store raw = S3Store.open(S3Connection.of(Storages.s3(server.endpoint(), s3 -> s3).storage().s3(),
        Optional.of(Storages.secret()), Map.of()), StoreLimits.DEFAULT);
    raw.put("markers/repo/", new byte[0], PutCondition.always());
    raw.put("markers/repo/a.yaml", bytes("x"), PutCondition.always());

    assertThat(Outcomes.of(root.list("repo"))).containsExactly("repo/a.yaml");

    Outcomes.of(root.deleteFolder("repo"));
    assertThat(raw.list("markers/", Optional.empty()).keys()).isEmpty();
    raw.close();
  }

  @Test
  void removesAttributesOfOtherProgramsWithTheirFile() throws Exception {
    Path root = folder.resolve("attributes");
    ObjectStore store = new ObjectStore(new FolderStore(root), "", 5);
    Outcomes.of(store.put("repo/a.yaml", bytes("x"), PutCondition.always()));
    Files.writeString(root.resolve("repo/a.yaml.attrs"), "{}");

    assertThat(Outcomes.of(store.list(""))).containsExactly("repo/a.yaml");

    Outcomes.of(store.delete("repo/a.yaml"));
    assertThat(root.resolve("repo")).doesNotExist();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
