package io.snapstash.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.api.LocalBackend;
import io.snapstash.domain.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The volume of a {@code local} BackupStorage as a Pod mounts it (storage-layout 5.2).
 *
 * @param kind of the volume's source, such as {@code nfs}
 */
public record StorageMount(String kind, JsonNode source, String mountPath, String subPath) {
  private static final Set<String> ALLOWED_WHEN_RESTRICTED = Set.of(
      "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
  private static final Set<String> ALLOWED_AT_BASELINE_TOO = Set.of("nfs", "iscsi", "gcePersistentDisk",
      "awsElasticBlockStore", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile",
      "vsphereVolume", "quobyte", "azureDisk", "portworxVolume", "scaleIO", "storageos", "photonPersistentDisk");
  /** These say where the data is without naming an object of a namespace. */
  private static final Set<String> SAME_EVERYWHERE = Set.of("hostPath", "nfs", "emptyDir", "gcePersistentDisk",
      "awsElasticBlockStore", "fc", "vsphereVolume", "photonPersistentDisk", "azureDisk", "quobyte", "flocker");
  private static final String ENFORCED = "pod-security.kubernetes.io/enforce";

  /** Why no Job can mount it; empty if {@link #of} may be asked. */
  public static Optional<String> objection(LocalBackend backend) {
    if (backend == null) {
      return Optional.of("spec.storage.local is missing");
    }
    List<String> kinds = sources(backend).properties().stream().map(Map.Entry::getKey).toList();
    if (kinds.size() != 1) {
      return Optional.of("spec.storage.local needs exactly one volume source, it has "
          + (kinds.isEmpty() ? "none" : String.join(", ", kinds)));
    }
    String path = Absent.text(backend.mountPath());
    return path.startsWith("/") && !path.matches("/+|/+tmp/*|/+kubestash-tmp/*") && !path.contains(":")
        ? Optional.empty()
        : Optional.of("spec.storage.local.mountPath has to be an absolute path other than /, /tmp and /kubestash-tmp");
  }

  public static StorageMount of(LocalBackend backend) {
    Map.Entry<String, JsonNode> source = sources(backend).properties().stream().findFirst().orElseThrow();
    return new StorageMount(source.getKey(), source.getValue(), backend.mountPath(), Absent.text(backend.subPath()));
  }

  private static ObjectNode sources(LocalBackend backend) {
    ObjectNode tree = Json.MAPPER.valueToTree(backend);
    tree.remove(List.of("mountPath", "subPath", "maxConnections"));
    return tree;
  }

  /** Whether it names an object, such as a claim, of the namespace of the BackupStorage (5.5). */
  public boolean isNamespaced() {
    return !SAME_EVERYWHERE.contains(kind);
  }

  /**
   * Why a namespace with these labels lets no Pod run that mounts it: such a Job would stay without Pods, silently
   * (5.1).
   *
   * @param podSecurity what the user asks for; may be null
   */
  public Optional<String> refusal(String namespace, Map<String, String> labels, JsonNode podSecurity) {
    String level = labels.getOrDefault(ENFORCED, "");
    boolean restricted = level.equals("restricted");
    if (restricted && !ALLOWED_WHEN_RESTRICTED.contains(kind) || level.equals("baseline")
        && !ALLOWED_WHEN_RESTRICTED.contains(kind) && !ALLOWED_AT_BASELINE_TOO.contains(kind)) {
      return Optional.of("namespace " + namespace + " enforces Pod Security " + level + ", which forbids volumes of kind "
          + kind + "; use a PersistentVolumeClaim, or a namespace without that level");
    }
    JsonNode user = Absent.tree(Absent.tree(podSecurity).path("runAsUser"));
    return restricted && user.isNumber() && user.asLong() == 0
        ? Optional.of("namespace " + namespace + " enforces Pod Security restricted, which forbids "
            + "runtimeSettings.pod.securityContext.runAsUser 0") : Optional.empty();
  }

  /** For people, and to see whether a storage has moved. */
  public String describe() {
    return kind + " " + source + (subPath.isEmpty() ? "" : " under " + subPath);
  }
}
