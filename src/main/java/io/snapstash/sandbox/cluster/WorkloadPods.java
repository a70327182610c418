package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Optional;

/** Pods that belong to a workload. */
final class WorkloadPods {
  private WorkloadPods() {}

  /** Named by the API server. */
  static Pod generated(HasMetadata owner, PodTemplateSpec template) {
    return from(owner, template).editMetadata().withGenerateName(owner.getMetadata().getName() + "-").endMetadata()
        .build();
  }

  static PodBuilder from(HasMetadata owner, PodTemplateSpec template) {
    var given = Optional.ofNullable(template.getMetadata());
    return new PodBuilder().withNewMetadata().withNamespace(owner.getMetadata().getNamespace())
        .withLabels(given.map(meta -> meta.getLabels()).orElse(null))
        .withAnnotations(given.map(meta -> meta.getAnnotations()).orElse(null))
        .withOwnerReferences(Metadata.controlledBy(owner)).endMetadata()
        .withNewSpecLike(template.getSpec()).withNodeName(NodeSimulator.NAME).endSpec();
  }
}
