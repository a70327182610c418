package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Rule;

/** One run of one session (api 6). Its spec never changes. */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupsessions")
@Column(name = "Invoker-Type", path = ".spec.invoker.kind")
@Column(name = "Invoker-Name", path = ".spec.invoker.name")
@Column(name = "Phase", path = ".status.phase")
@Column(name = "Duration", path = ".status.duration")
@Rule(value = Rules.SAME_SPEC, message = "spec cannot be changed: create another BackupSession instead")
@Doc("One run of one session of a BackupConfiguration.")
public final class BackupSession extends CustomResource<BackupSessionSpec, BackupSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
