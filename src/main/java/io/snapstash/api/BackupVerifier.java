package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Doc;

/** How backups are checked by restoring them (api 11). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupverifier")
@Doc("How backups are tried out.")
public final class BackupVerifier extends CustomResource<BackupVerifierSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
