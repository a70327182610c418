package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Categories;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** How long Snapshots are kept (api 4). */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("retentionpolicies")
@Categories({"kubestash", "appscode"})
@Column(name = "Max-Retention-Period", path = ".spec.maxRetentionPeriod")
@Column(name = "Default", type = "boolean", path = ".spec.default")
@Doc("Which Snapshots are kept, by count and by age.")
public final class RetentionPolicy extends CustomResource<RetentionPolicySpec, Void> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
