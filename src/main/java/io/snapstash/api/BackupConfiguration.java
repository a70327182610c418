package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What is backed up, where to and when (api 5). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupconfigurations")
@ShortNames("bc")
public final class BackupConfiguration extends CustomResource<BackupConfigurationSpec, BackupConfigurationStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
