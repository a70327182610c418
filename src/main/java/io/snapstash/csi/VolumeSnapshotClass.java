package io.snapstash.csi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** How snapshots of one driver are taken. Its fields stand at the root, as in a StorageClass. */
@Group("snapshot.storage.k8s.io")
@Version("v1")
@JsonIgnoreProperties(ignoreUnknown = true)
public final class VolumeSnapshotClass extends CustomResource<Void, Void> {
  private static final long serialVersionUID = 1L;
  private static final String DEFAULT = "snapshot.storage.kubernetes.io/is-default-class";
  private String driver;
  private String deletionPolicy;

  public String getDriver() {
    return driver;
  }

  public void setDriver(String driver) {
    this.driver = driver;
  }

  public String getDeletionPolicy() {
    return deletionPolicy;
  }

  public void setDeletionPolicy(String deletionPolicy) {
    this.deletionPolicy = deletionPolicy;
  }

  /** Whether it is taken when no class is named; there may be one per driver. */
  public boolean isDefaultClass() {
    return getMetadata().getAnnotations() != null && "true".equals(getMetadata().getAnnotations().get(DEFAULT));
  }
}
