package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A folder of a BackupStorage that holds the backups of one application (api 2). */
@Group("storage.kubestash.com")
@Version("v1alpha1")
@Plural("repositories")
@ShortNames("repo")
public final class Repository extends CustomResource<RepositorySpec, RepositoryStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
