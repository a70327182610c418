package io.snapstash.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many BackupConfigurations that have been at work for long: copies of one that has run once, with everything the
 * operator made for it, each with further Snapshots of earlier runs. What is copied is at rest, and so are the copies.
 */
final class Population {
  private static final List<ResourceType<?>> KINDS = List.of(ResourceTypes.BACKUP_CONFIGURATIONS,
      ResourceTypes.REPOSITORIES, ResourceTypes.CRON_JOBS, ResourceTypes.BACKUP_SESSIONS);
  private static final List<String> GIVEN_BY_THE_SERVER =
      List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields");
  private static final long HOUR = 3600;

  private record Original(ResourceType<?> type, String uid, String text) {}

  private final KubeClient client;
  private final String name;
  private final List<Original> originals = new ArrayList<>();
  private final Original snapshot;

  /** Of the BackupConfiguration of that name, which must have run once, and alone. */
  Population(KubeClient client, String name) {
    this.client = client;
    this.name = name;
    KINDS.forEach(kind -> originals.addAll(originals(kind)));
    this.snapshot = originals(ResourceTypes.SNAPSHOTS).getFirst();
  }

  private <T extends HasMetadata> List<Original> originals(ResourceType<T> type) {
    return BenchWorld.await(client.list(type, Selection.in("demo"))).stream()
        .map(object -> new Original(type, object.getMetadata().getUid(), text(object))).toList();
  }

  private static String text(Object object) {
    ObjectNode tree = Json.MAPPER.valueToTree(object);
    GIVEN_BY_THE_SERVER.forEach(tree.withObject("/metadata")::remove);
    return tree.toString();
  }

  /** Makes the whole number, the original included, so many Snapshots each. */
  void grow(int configurations, int snapshotsEach) {
    Future<?> earlier = history(snapshot.text(), snapshotsEach);
    List<Future<Void>> copies = IntStream.range(1, configurations)
        .mapToObj(number -> copy(number, snapshotsEach)).toList();
    BenchWorld.await(Future.all(copies).compose(_ -> earlier));
  }

  private Future<Void> copy(int number, int snapshotsEach) {
    Future<List<String[]>> done = Future.succeededFuture(new ArrayList<>());
    for (Original original : originals) {
      done = done.compose(uids -> create(original.type(), named(original.text(), number, uids)).map(uid -> {
        uids.add(new String[] {original.uid(), uid});
        return uids;
      }));
    }
    return done.compose(uids -> {
      String text = named(snapshot.text(), number, uids);
      return create(ResourceTypes.SNAPSHOTS, text).compose(_ -> history(text, snapshotsEach));
    });
  }

  private String named(String text, int number, List<String[]> uids) {
    String result = text.replace(name, name.replace("0", Integer.toString(number)));
    for (String[] uid : uids) {
      result = result.replace(uid[0], uid[1]);
    }
    return result;
  }

  /** Snapshots of runs an hour apart, whose BackupSessions are long gone. */
  private Future<Void> history(String newest, int snapshotsEach) {
    String run = tree(newest).at("/spec/backupSession").asText();
    String seconds = run.substring(run.lastIndexOf('-') + 1);
    return Future.all(IntStream.range(1, snapshotsEach).mapToObj(age -> create(ResourceTypes.SNAPSHOTS,
        newest.replace(seconds, Long.toString(Long.parseLong(seconds) - age * HOUR)))).toList()).mapEmpty();
  }

  /** The uid of the new object. */
  private Future<String> create(ResourceType<?> type, String text) {
    ObjectNode tree = tree(text);
    JsonNode status = tree.remove("status");
    return client.create(type, "demo", tree).compose(made -> {
      ResourceKey key = new ResourceKey("demo", made.getMetadata().getName());
      return client.patchStatus(type, key, JsonNodeFactory.instance.objectNode().set("status", status))
          .map(made.getMetadata().getUid());
    });
  }

  private static ObjectNode tree(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }
}
