package io.snapstash.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Doc;

/** The tasks that can be done for a kind of application (api 13). */
@Group("addons.kubestash.com")
@Version("v1alpha1")
@Plural("addons")
@Doc("A catalogue of backup and restore tasks.")
public final class Addon extends CustomResource<AddonSpec, Void> {
  private static final long serialVersionUID = 1L;
}
