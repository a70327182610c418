package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.snapstash.api.schema.Categories;
import io.snapstash.api.schema.Column;
import io.snapstash.api.schema.Doc;

/** One backup of one application in one Repository (api 3). Created by the operator alone. */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("snapshots")
@Categories({"kubestash", "appscode"})
@Column(name = "Repository", path = ".spec.repository")
@Column(name = "Session", path = ".spec.session")
@Column(name = "Snapshot-Time", path = ".status.snapshotTime")
@Column(name = "Deletion-Policy", path = ".spec.deletionPolicy")
@Column(name = "Phase", path = ".status.phase")
@Doc("One backup of one application in one Repository. Made by the operator; deleting it removes the backup.")
public final class Snapshot extends CustomResource<SnapshotSpec, SnapshotStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
