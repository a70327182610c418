package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** One check of one Snapshot (api 12). Its spec never changes. */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupverificationsession")
public final class BackupVerificationSession extends CustomResource<BackupVerificationSessionSpec, BackupVerificationSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
