package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** One restore (api 7). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("restoresessions")
@ShortNames("restore")
@Column(name = "Repository", path = ".spec.dataSource.repository")
@Column(name = "Phase", path = ".status.phase")
@Column(name = "Duration", path = ".status.duration")
@Doc("One restore of one Snapshot. It runs once.")
public final class RestoreSession
    extends CustomResource<RestoreSessionSpec, RestoreSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
