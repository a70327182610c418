package io.snapstash.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Conditions;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What is there at the end, run by run: every object of our kinds and of the kinds that we make, what the array holds,
 * what is stored, which hooks were called, so that worlds of different runs can be compared.
 *
 * <p>Left out on purpose: Pods, and the status of Jobs, because they belong to the Job controller and count the
 * containers that died; the Lease.
 */
final class FinalWorlds {
  private static final List<ResourceType<?>> KINDS = List.of(ResourceTypes.BACKUP_STORAGES, ResourceTypes.REPOSITORIES,
      ResourceTypes.SNAPSHOTS, ResourceTypes.RETENTION_POLICIES, ResourceTypes.BACKUP_CONFIGURATIONS,
      ResourceTypes.BACKUP_SESSIONS, ResourceTypes.RESTORE_SESSIONS, ResourceTypes.HOOK_TEMPLATES, ResourceTypes.CLAIMS,
      ResourceTypes.CRON_JOBS, ResourceTypes.JOBS, ResourceTypes.SERVICE_ACCOUNTS, ResourceTypes.ROLE_BINDINGS,
      CsiTypes.VOLUME_SNAPSHOTS, CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceTypes.VOLUMES, ResourceTypes.EVENTS);

  private final CrashWorld world;
  /** All objects of all runs, by kind. */
  private final Map<ResourceType<?>, List<JsonNode>> objects = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();

  private FinalWorlds(CrashWorld world) {
    this.world = world;
  }

  static FinalWorlds of(CrashWorld world) {
    FinalWorlds all = new FinalWorlds(world);
    KINDS.forEach(all::read);
    return all;
  }

  private void read(ResourceType<?> type) {
    String path = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion() + "/" + type.plural();
    List<JsonNode> found = new ArrayList<>();
    tree(CrashWorld.await(world.client().raw("GET", path, Optional.empty()))).path("items").forEach(found::add);
    objects.put(type, found);
    found.forEach(object -> owners.put(object.at("/metadata/uid").asText(),
        type.kind() + "-" + object.at("/metadata/name").asText()));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException torn) {
      throw new UncheckedIOException(torn);
    }
  }

  /** What the run has come to: the name of each thing, and how it looks. */
  SortedMap<String, String> of(CrashRun run) {
    SortedMap<String, String> raw = new TreeMap<>();
    objects.forEach((type, found) -> found.stream().filter(object -> belongs(object, run.namespace()))
        .forEach(object -> put(raw, type, object)));
    world.disks().snapshotHandles().stream().filter(handle -> isOf(handle, run))
        .forEach(handle -> raw.put("array snapshot " + handle,
            content(world.disks().snapshot(handle).orElseThrow().bytes())));
    world.disks().volumeHandles().stream().map(handle -> world.disks().volume(handle).orElseThrow())
        .filter(volume -> volume.claim().startsWith(run.namespace() + "/"))
        .forEach(volume -> raw.put("array volume " + volume.claim(), content(volume.bytes())));
    world.stored(run.namespace()).forEach((key, bytes) -> raw.put("stored " + key, file(bytes)));
    raw.put("hooks called", run.calls().toString());
    return new Anonymous(Map.of(run.namespace(), "NAMESPACE", world.door().endpoint(), "STORE",
        world.world().parts().store().name(), "BUCKET"), owners).of(raw);
  }

  private boolean isOf(String handle, CrashRun run) {
    String volume = world.disks().snapshot(handle).orElseThrow().volume();
    return world.disks().volume(volume).filter(made -> made.claim().startsWith(run.namespace() + "/")).isPresent();
  }

  private static String content(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String file(byte[] yaml) {
    try {
      JsonNode tree = Json.YAML.readTree(yaml);
      switch (tree.path("kind").asText()) {
        // Follows after a backup, not at every change (storage-layout 2.4); retention goes on beside it. Both are
        // reckoned anew at synchronisation (6.2 f).
        case "Repository" -> ((ObjectNode) tree).withObject("/status")
            .remove(List.of("snapshotCount", "recentSnapshots"));
        // Set by one controller while the other writes the file, and set anew at synchronisation.
        case "Snapshot" -> drop(((ObjectNode) tree).withObject("/status").withArray("conditions"),
            Conditions.RECENT_SNAPSHOT_LIST_UPDATED);
        default -> { }
      }
      return sorted(tree).toString();
    } catch (IOException torn) {
      return "not YAML: " + content(yaml);
    }
  }

  private static void drop(ArrayNode conditions, String type) {
    for (int index = conditions.size() - 1; index >= 0; index--) {
      if (conditions.get(index).path("type").asText().equals(type)) {
        conditions.remove(index);
      }
    }
  }

  private static boolean belongs(JsonNode object, String namespace) {
    return List.of("/metadata/namespace", "/spec/volumeSnapshotRef/namespace", "/spec/claimRef/namespace").stream()
        .anyMatch(pointer -> object.at(pointer).asText().equals(namespace));
  }

  /**
   * Two patches leave fields, and conditions, in the order in which they came, and a storage lists Repositories as they
   * came; what they say does not depend on it.
   */
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = Json.MAPPER.createObjectNode();
      new TreeMap<String, JsonNode>(object.properties().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
          .forEach((name, value) -> result.set(name, sorted(value)));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = Json.MAPPER.createArrayNode();
      StreamSupport.stream(array.spliterator(), false).map(FinalWorlds::sorted)
          .sorted(Comparator.comparing(each -> each.has("lastTransitionTime") ? each.path("type").asText()
              : each.has("path") && each.has("namespace") ? each.path("name").asText() : ""))
          .forEach(result::add);
      return result;
    }
    return node;
  }

  private static void put(Map<String, String> raw, ResourceType<?> type, JsonNode object) {
    ObjectNode shown = object.deepCopy();
    ObjectNode metadata = (ObjectNode) shown.path("metadata");
    // Numbers and marks of the server, which differ between any two objects.
    metadata.remove(List.of("uid", "resourceVersion", "generation", "managedFields", "creationTimestamp", "selfLink"));
    if (type == ResourceTypes.JOBS || type == ResourceTypes.CRON_JOBS) {
      shown.remove("status");
    }
    if (type == ResourceTypes.EVENTS) {
      raw.put("Event " + shown.path("reason").asText() + " of " + shown.at("/involvedObject/kind").asText() + " "
          + shown.at("/involvedObject/name").asText(), shown.path("type").asText());
      return;
    }
    // What is left of the time that a run may take.
    shown.withObject("/spec").remove("activeDeadlineSeconds");
    shown.withObject("/status").remove("creationTime");
    raw.put(type.kind() + " " + metadata.path("name").asText(), sorted(shown).toString());
  }
}
