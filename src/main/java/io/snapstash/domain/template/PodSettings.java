package io.snapstash.domain.template;

import static io.snapstash.domain.template.PodDraft.object;
import static io.snapstash.domain.template.PodDraft.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.ContainerRuntimeSettings;
import io.snapstash.api.Json;
import io.snapstash.api.PodRuntimeSettings;
import io.snapstash.api.PodTemplateSettings;
import io.snapstash.api.PodTemplateSpec;
import io.snapstash.api.TemplateMetadata;
import io.snapstash.domain.Absent;
import java.util.List;
import java.util.Optional;

/** Lays the settings of a user over a draft (behaviour 5.10, api 15.4, 15.5). Each may be absent. */
final class PodSettings {
  private PodSettings() {}

  static void apply(PodDraft draft, ContainerRuntimeSettings settings) {
    if (settings == null) {
      return;
    }
    ObjectNode container = draft.container();
    put(container, "resources", settings.resources());
    put(container, "livenessProbe", settings.livenessProbe());
    put(container, "readinessProbe", settings.readinessProbe());
    put(container, "lifecycle", settings.lifecycle());
    draft.containerSecurity(settings.securityContext());
    Optional.ofNullable(settings.nice()).ifPresent(nice -> number(draft, "NICE_ADJUSTMENT", nice.adjustment()));
    Optional.ofNullable(settings.ionice()).ifPresent(ionice -> {
      number(draft, "IONICE_CLASS", ionice.ioClass());
      number(draft, "IONICE_CLASS_DATA", ionice.classData());
    });
    Absent.list(settings.envFrom()).forEach(source -> container.withArray("envFrom").add(source.deepCopy()));
    Absent.list(settings.env()).forEach(draft::environment);
  }

  static void apply(PodDraft draft, PodRuntimeSettings settings) {
    if (settings == null) {
      return;
    }
    draft.labels(settings.podLabels());
    draft.annotations(settings.podAnnotations());
    ObjectNode pod = draft.pod();
    put(pod, "nodeSelector", settings.nodeSelector());
    put(pod, "serviceAccountName", settings.serviceAccountName());
    put(pod, "automountServiceAccountToken", settings.automountServiceAccountToken());
    put(pod, "nodeName", settings.nodeName());
    draft.podSecurity(settings.securityContext());
    pullSecrets(pod, settings.imagePullSecrets());
    put(pod, "affinity", settings.affinity());
    put(pod, "schedulerName", settings.schedulerName());
    put(pod, "tolerations", settings.tolerations());
    put(pod, "priorityClassName", settings.priorityClassName());
    put(pod, "priority", settings.priority());
    put(pod, "readinessGates", settings.readinessGates());
    put(pod, "runtimeClassName", settings.runtimeClassName());
    put(pod, "enableServiceLinks", settings.enableServiceLinks());
    put(pod, "topologySpreadConstraints", settings.topologySpreadConstraints());
  }

  /** The labels and annotations of {@code controller} are for the Job itself and not looked at here. */
  static void apply(PodDraft draft, PodTemplateSpec template) {
    if (template == null) {
      return;
    }
    TemplateMetadata metadata = template.metadata();
    if (metadata != null) {
      draft.labels(metadata.labels());
      draft.annotations(metadata.annotations());
    }
    if (template.spec() != null) {
      applyToPod(draft, template.spec());
      applyToContainer(draft, template.spec());
    }
  }

  private static void applyToPod(PodDraft draft, PodTemplateSettings settings) {
    ObjectNode pod = draft.pod();
    Absent.list(settings.volumes()).forEach(volume -> draft.volume(Json.MAPPER.<JsonNode>valueToTree(volume)));
    put(pod, "initContainers", settings.initContainers());
    put(pod, "terminationGracePeriodSeconds", settings.terminationGracePeriodSeconds());
    put(pod, "dnsPolicy", settings.dnsPolicy());
    put(pod, "dnsConfig", settings.dnsConfig());
    put(pod, "nodeSelector", settings.nodeSelector());
    put(pod, "serviceAccountName", settings.serviceAccountName());
    put(pod, "hostNetwork", settings.hostNetwork());
    put(pod, "hostPID", settings.hostPID());
    put(pod, "hostIPC", settings.hostIPC());
    put(pod, "shareProcessNamespace", settings.shareProcessNamespace());
    draft.podSecurity(settings.securityContext());
    pullSecrets(pod, settings.imagePullSecrets());
    put(pod, "affinity", settings.affinity());
    put(pod, "schedulerName", settings.schedulerName());
    put(pod, "tolerations", settings.tolerations());
    put(pod, "priorityClassName", settings.priorityClassName());
    put(pod, "priority", settings.priority());
    put(pod, "runtimeClassName", settings.runtimeClassName());
    put(pod, "enableServiceLinks", settings.enableServiceLinks());
    put(pod, "topologySpreadConstraints", settings.topologySpreadConstraints());
  }

  private static void applyToContainer(PodDraft draft, PodTemplateSettings settings) {
    ObjectNode container = draft.container();
    put(container, "args", settings.args());
    put(container, "resources", settings.resources());
    put(container, "livenessProbe", settings.livenessProbe());
    put(container, "readinessProbe", settings.readinessProbe());
    put(container, "lifecycle", settings.lifecycle());
    draft.containerSecurity(settings.containerSecurityContext());
    Absent.list(settings.env()).forEach(draft::environment);
    Absent.list(settings.volumeMounts()).forEach(draft::mount);
  }

  private static void pullSecrets(ObjectNode pod, List<JsonNode> secrets) {
    Absent.list(secrets).forEach(secret -> NamedItems.upsert(pod, "imagePullSecrets", "name", secret));
  }

  private static void number(PodDraft draft, String name, Integer value) {
    if (value != null) {
      draft.environment(object().put("name", name).put("value", value.toString()));
    }
  }
}
