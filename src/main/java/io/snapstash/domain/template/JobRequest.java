package io.snapstash.domain.template;

import io.snapstash.api.RuntimeSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a Job or CronJob needs beside its Function.
 *
 * @param container name of the one container, such as {@code backup}
 * @param labels of the object and of its Pods; they win over the labels of a user, because we find Jobs by them
 * @param image of the operator, for a Function without one
 * @param serviceAccount used unless the user names one
 * @param environment proxy variables and what only we may set, such as the plan; literal values
 * @param deadline how long all Pods together may run; at least a second
 * @param settings of the object that owns the Job, weaker than those of its addon
 * @param resources quantities that the container requests unless anybody else says what it needs
 */
public record JobRequest(
    String namespace,
    String name,
    Owner owner,
    String container,
    Map<String, String> labels,
    String image,
    String serviceAccount,
    Map<String, String> environment,
    Duration deadline,
    Optional<RuntimeSettings> settings,
    Map<String, String> resources) {

  public JobRequest {
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
    resources = Map.copyOf(resources);
  }

  /** Without resource requests. */
  public JobRequest(String namespace, String name, Owner owner, String container, Map<String, String> labels,
      String image, String serviceAccount, Map<String, String> environment, Duration deadline,
      Optional<RuntimeSettings> settings) {
    this(namespace, name, owner, container, labels, image, serviceAccount, environment, deadline, settings, Map.of());
  }

  /** The controller of the Job, in the same namespace. */
  public record Owner(String apiVersion, String kind, String name, String uid) {}
}
