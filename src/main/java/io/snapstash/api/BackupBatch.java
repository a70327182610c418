package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Doc;

/** Backups of several applications in one run (api 10). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupbatches")
@Doc("Several applications that are backed up together.")
public final class BackupBatch extends CustomResource<BackupBatchSpec, BackupBatchStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
