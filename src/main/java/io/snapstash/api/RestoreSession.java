package io.snapstash.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One restore (api 7). */
@Group("core.kubestash.com")
@Version("v1alpha1")
@Plural("restoresessions")
@ShortNames("restore")
public final class RestoreSession extends CustomResource<RestoreSessionSpec, RestoreSessionStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
