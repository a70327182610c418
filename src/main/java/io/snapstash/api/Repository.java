package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Rule;

/** A folder of a BackupStorage that holds the backups of one application (api 2). */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("repositories")
@ShortNames("repo")
@Column(name = "Integrity", type = "boolean", path = ".status.integrity")
@Column(name = "Snapshot-Count", type = "integer", path = ".status.snapshotCount")
@Column(name = "Size", path = ".status.size")
@Column(name = "Phase", path = ".status.phase")
@Column(name = "Last-Successful-Backup", type = "date", format = "date-time", path = ".status.lastBackupTime")
@Rule(
    value = "(has(self.spec) && has(self.spec.path) ? self.spec.path : '')"
        + " == (has(oldSelf.spec) && has(oldSelf.spec.path) ? oldSelf.spec.path : '')",
    message = "spec.path cannot be changed: the backups are stored there; create another Repository instead")
@Doc("The folder of a BackupStorage that holds the backups of one application. Made by the operator.")
public final class Repository extends CustomResource<RepositorySpec, RepositoryStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
