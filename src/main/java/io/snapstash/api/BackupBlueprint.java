package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Doc;

/** A template of BackupConfigurations, used by annotations (api 9). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("backupblueprints")
@Doc("A template from which annotated objects get their BackupConfigurations.")
public final class BackupBlueprint extends CustomResource<BackupBlueprintSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
