package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** One backup of one application in one Repository (api 3). Created by the operator alone. */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("snapshots")
public final class Snapshot extends CustomResource<SnapshotSpec, SnapshotStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
