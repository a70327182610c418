package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** Where backups are catalogued: a bucket, container or volume (api 1). */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("backupstorages")
@Column(name = "Provider", path = ".spec.storage.provider")
@Column(name = "Default", type = "boolean", path = ".spec.default")
@Column(name = "Deletion-Policy", path = ".spec.deletionPolicy")
@Column(name = "Total-Size", path = ".status.totalSize")
@Column(name = "Phase", path = ".status.phase")
@Doc("A bucket or volume that holds catalogues of backups, and who may use it.")
public final class BackupStorage extends CustomResource<BackupStorageSpec, BackupStorageStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
