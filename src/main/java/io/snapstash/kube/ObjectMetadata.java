package io.snapstash.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** Any object without its body: what the API server calls PartialObjectMetadata. */
@JsonIgnoreProperties(ignoreUnknown = true)
// Else the client's own deserializer picks a class by the kind that it reads.
@JsonDeserialize(using = JsonDeserializer.None.class)
public final class ObjectMetadata implements HasMetadata {
  private static final long serialVersionUID = 1L;
  private String apiVersion;
  private String kind;
  private ObjectMeta metadata = new ObjectMeta();

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public void setApiVersion(String apiVersion) {
    this.apiVersion = apiVersion;
  }

  @Override
  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    // The bulk of it, and of no use to anybody here: a long list is held whole while it is read.
    metadata.setManagedFields(List.of());
    this.metadata = metadata;
  }
}
