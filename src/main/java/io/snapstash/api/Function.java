package io.snapstash.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Doc;

/** A container that does a task (api 14). Its texts may hold ${…}. */
@Group("addons.kubestash.com")
@Version("v1alpha1")
@Plural("functions")
@ShortNames("fn")
@Doc("The container that does a task.")
public final class Function extends CustomResource<FunctionSpec, Void> {
  private static final long serialVersionUID = 1L;
}
