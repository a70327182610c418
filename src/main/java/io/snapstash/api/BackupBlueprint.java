package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A template of BackupConfigurations, used by annotations (api 9). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupblueprints")
public final class BackupBlueprint extends CustomResource<BackupBlueprintSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
