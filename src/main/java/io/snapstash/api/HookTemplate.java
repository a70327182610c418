package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** An action around a backup or restore, to be filled with parameters (api 8). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("hooktemplates")
@Column(name = "Executor", path = ".spec.executor.type")
@Column(name = "Timeout", path = ".spec.timeout")
@Doc("A hook that sessions run before or after a backup or a restore.")
public final class HookTemplate extends CustomResource<HookTemplateSpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
