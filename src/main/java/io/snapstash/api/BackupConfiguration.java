package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** What is backed up, where to and when (api 5). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupconfigurations")
@ShortNames("bc")
@Column(name = "Phase", path = ".status.phase")
@Column(name = "Paused", type = "boolean", path = ".spec.paused")
@Doc("What is backed up, when, by which Addon, and where the results go.")
public final class BackupConfiguration
    extends CustomResource<BackupConfigurationSpec, BackupConfigurationStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
