package io.snapstash.controller.catalog;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.Addon;
import io.snapstash.api.AddonSpec;
import io.snapstash.api.AddonTask;
import io.snapstash.api.AddonTaskBuilder;
import io.snapstash.api.Function;
import io.snapstash.api.FunctionSpecBuilder;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.ParameterDefinition;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Proof;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Addons and Functions that come with the program (api 13, 14). Only missing ones are made: whoever changed one,
 * or brought another of the same name, keeps it.
 */
public final class Catalog {
  private static final String BACKUP_FUNCTION = "volumesnapshot-backup";
  private static final String RESTORE_FUNCTION = "volumesnapshot-restore";

  private Catalog() {}

  /** Effects that make what is not there. */
  public static List<Effect> missing(Caches caches) {
    Stream<Effect> functions = Stream.of(backupFunction(), restoreFunction())
        .filter(function -> caches.functions.get(key(function)).isEmpty())
        .map(function -> create(ResourceTypes.FUNCTIONS, function));
    Stream<Effect> addons = Stream.of(addon("pvc-addon"), addon("workload-addon"))
        .filter(addon -> caches.addons.get(key(addon)).isEmpty())
        .map(addon -> create(ResourceTypes.ADDONS, addon));
    return Stream.concat(functions, addons).toList();
  }

  private static Effect create(ResourceType<? extends HasMetadata> type, HasMetadata object) {
    return new Effect.Create(type, "", Json.MAPPER.valueToTree(object), new Proof.Any());
  }

  private static ResourceKey key(HasMetadata object) {
    return ResourceKey.clusterScoped(object.getMetadata().getName());
  }

  /** Both Addons know both tasks: the guides restore workloads by the one and by the other (behaviour 18.2). */
  private static Addon addon(String name) {
    AddonTask backup = AddonTaskBuilder.builder().name("volume-snapshot").function(BACKUP_FUNCTION)
        .driver("VolumeSnapshotter").singleton(true)
        .parameters(List.of(new ParameterDefinition("volumeSnapshotClassName",
            "VolumeSnapshotClass to use; empty means the default class of the driver", false, null))).build();
    AddonTask restore = AddonTaskBuilder.builder().name("volume-snapshot-restore").function(RESTORE_FUNCTION)
        .driver("VolumeSnapshotter").executor("Job").singleton(true).build();
    Addon addon = new Addon();
    addon.setMetadata(new ObjectMetaBuilder().withName(name).withLabels(labels()).build());
    addon.setSpec(new AddonSpec(List.of(backup), List.of(restore)));
    return addon;
  }

  private static Function backupFunction() {
    return function(BACKUP_FUNCTION, List.of("backup", "--namespace=${namespace:=default}",
        "--backupsession=${backupSession:=}", "--volume-snapshot-class-name=${volumeSnapshotClassName:=}"));
  }

  private static Function restoreFunction() {
    return function(RESTORE_FUNCTION, List.of("restore", "--namespace=${namespace:=default}",
        "--restoresession=${restoreSession:=}", "--snapshot=${snapshot:=}", "--task-name=${taskName:=}"));
  }

  /** Without an image: the operator's own is used, so an upgrade of the operator upgrades its Jobs. */
  private static Function function(String name, List<String> arguments) {
    Function function = new Function();
    function.setMetadata(new ObjectMetaBuilder().withName(name).withLabels(labels()).build());
    function.setSpec(FunctionSpecBuilder.builder().args(arguments).build());
    return function;
  }

  private static Map<String, String> labels() {
    return Map.of(Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE);
  }
}
