package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.snapstash.csi.CsiTypes;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import java.util.List;

/** The kinds that only the simulated rest of the cluster touches, and those that can have owners. */
final class ClusterTypes {
  static final ResourceType<Node> NODES = new ResourceType<>("", "v1", "nodes", "Node", false, Node.class);
  static final ResourceType<ConfigMap> CONFIG_MAPS =
      new ResourceType<>("", "v1", "configmaps", "ConfigMap", true, ConfigMap.class);
  static final ResourceType<Role> ROLES =
      new ResourceType<>("rbac.authorization.k8s.io", "v1", "roles", "Role", true, Role.class);

  /** Read whole, because some part needs more than their metadata. */
  static final List<ResourceType<? extends HasMetadata>> WHOLE = List.of(
      ResourceTypes.PODS, ResourceTypes.JOBS, ResourceTypes.CRON_JOBS, ResourceTypes.CLAIMS, ResourceTypes.VOLUMES,
      ResourceTypes.DEPLOYMENTS, ResourceTypes.STATEFUL_SETS, ResourceTypes.DAEMON_SETS,
      ResourceTypes.NAMESPACES, ResourceTypes.STORAGE_CLASSES, ResourceTypes.CSI_DRIVERS,
      CsiTypes.VOLUME_SNAPSHOTS, CsiTypes.VOLUME_SNAPSHOT_CONTENTS, CsiTypes.VOLUME_SNAPSHOT_CLASSES);

  /** Read as metadata, for garbage collection alone. */
  static final List<ResourceType<? extends HasMetadata>> METADATA_ONLY = List.of(
      ResourceTypes.SERVICE_ACCOUNTS, ResourceTypes.ROLE_BINDINGS, ROLES, CONFIG_MAPS, ResourceTypes.SECRETS,
      ResourceTypes.REPLICA_SETS, ResourceTypes.BACKUP_STORAGES, ResourceTypes.REPOSITORIES, ResourceTypes.SNAPSHOTS,
      ResourceTypes.RETENTION_POLICIES, ResourceTypes.BACKUP_CONFIGURATIONS, ResourceTypes.BACKUP_SESSIONS,
      ResourceTypes.RESTORE_SESSIONS, ResourceTypes.BACKUP_VERIFICATION_SESSIONS);

  private ClusterTypes() {}
}
