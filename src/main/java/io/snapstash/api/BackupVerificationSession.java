package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Rule;

/** One check of one Snapshot (api 12). Its spec never changes. */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupverificationsession")
@Column(name = "Phase", path = ".status.phase")
@Column(name = "Duration", path = ".status.duration")
@Rule(value = Rules.SAME_SPEC, message = "spec cannot be changed: create another BackupVerificationSession instead")
@Doc("One try of one backup.")
public final class BackupVerificationSession
    extends CustomResource<BackupVerificationSessionSpec, BackupVerificationSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
