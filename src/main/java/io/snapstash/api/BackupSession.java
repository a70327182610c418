package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** One run of one session (api 6). Its spec never changes. */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupsessions")
public final class BackupSession extends CustomResource<BackupSessionSpec, BackupSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
