package io.snapstash.domain.template;

import static io.snapstash.domain.template.PodDraft.object;
import static io.snapstash.domain.template.PodDraft.put;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.AddonInfo;
import io.snapstash.api.AddonTask;
import io.snapstash.api.AddonVolume;
import io.snapstash.api.AddonVolumeSource;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.Json;
import io.snapstash.api.PodTemplateSpec;
import io.snapstash.api.VolumeTemplate;
import io.snapstash.domain.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resolved task becomes a {@code batch/v1} Job (behaviour 5.9, 5.10, 6.17, 7.7): the container of the Function, then
 * its runtimeSettings, then those of the addon, then the addon's jobTemplate.
 */
public final class TaskJob {
  private TaskJob() {}

  /** The outcome; a failure lasts until the Addon, the Function or the task changes. */
  public sealed interface Rendering {
    /** The Job, ready to be created. */
    record Rendered(ObjectNode job) implements Rendering {}

    /** Why there can be no Job, one sentence for a condition. */
    record Unresolvable(String message) implements Rendering {}
  }

  public static Rendering render(ResolvedTask task, AddonInfo addon, TaskVariables variables, JobRequest request) {
    if (!variables.missing().isEmpty()) {
      return new Rendering.Unresolvable("no value for the required parameters "
          + String.join(", ", variables.missing()) + " of task " + task.reference().name());
    }
    ObjectNode document = object();
    document.set("function", Json.MAPPER.valueToTree(task.function()));
    document.set("task", Json.MAPPER.valueToTree(task.task()));
    return switch (Substitution.of(document, variables::value)) {
      case Substitution.Failed failed -> new Rendering.Unresolvable(
          "Function " + task.task().function() + ": " + failed.message());
      case Substitution.Done done -> rendered(done.document(), task, addon, variables, request);
    };
  }

  private static Rendering rendered(
      JsonNode document, ResolvedTask task, AddonInfo addon, TaskVariables variables, JobRequest request) {
    try {
      FunctionSpec function = Json.MAPPER.treeToValue(document.get("function"), FunctionSpec.class);
      AddonTask template = Json.MAPPER.treeToValue(document.get("task"), AddonTask.class);
      PodDraft draft = container(function, request);
      volumes(draft, template, Absent.list(task.reference().addonVolumes()));
      variables.environment().forEach(draft::environment);
      PodSettings.apply(draft, function.runtimeSettings());
      request.settings().ifPresent(settings -> {
        PodSettings.apply(draft, settings.pod());
        PodSettings.apply(draft, settings.container());
      });
      PodSettings.apply(draft, addon.containerRuntimeSettings());
      PodSettings.apply(draft, addon.jobTemplate());
      JobObjects.seal(draft, request);
      return new Rendering.Rendered(job(draft, addon.jobTemplate(), request));
    } catch (JsonProcessingException e) {
      return new Rendering.Unresolvable("Function " + task.task().function()
          + " is no Function any more after its values were filled in: " + e.getOriginalMessage());
    }
  }

  private static PodDraft container(FunctionSpec function, JobRequest request) {
    PodDraft draft = new PodDraft(request.container());
    JobObjects.image(draft, Absent.text(function.image()), request);
    JobObjects.resources(draft, request);
    put(draft.container(), "command", function.command());
    put(draft.container(), "args", function.args());
    put(draft.container(), "workingDir", function.workingDir());
    put(draft.container(), "ports", function.ports());
    put(draft.container(), "volumeDevices", function.volumeDevices());
    Absent.list(function.volumeMounts()).forEach(draft::mount);
    return draft;
  }

  private static void volumes(PodDraft draft, AddonTask task, List<AddonVolume> replacements) {
    Map<String, AddonVolumeSource> replaced = replacements.stream()
        .filter(volume -> volume.source() != null)
        .collect(Collectors.toMap(AddonVolume::name, AddonVolume::source, (first, second) -> first));
    for (VolumeTemplate template : Absent.list(task.volumeTemplate())) {
      Optional.ofNullable(replaced.getOrDefault(template.name(), template.source()))
          .ifPresent(source -> draft.volume(volume(template.name(), source)));
    }
    Absent.list(task.volumeMounts()).forEach(draft::mount);
  }

  /** A claim template lives as long as the Pod, like the working space that it stands for. */
  private static ObjectNode volume(String name, AddonVolumeSource source) {
    ObjectNode volume = Json.MAPPER.valueToTree(source);
    JsonNode claim = volume.remove("volumeClaimTemplate");
    if (claim != null) {
      volume.set("ephemeral", object().set("volumeClaimTemplate", claim));
    }
    return volume.put("name", name);
  }

  private static ObjectNode job(PodDraft draft, PodTemplateSpec template, JobRequest request) {
    ObjectNode job = JobObjects.root("Job", request, template == null ? null : template.controller());
    ObjectNode spec = job.putObject("spec")
        .put("backoffLimit", JobObjects.BACKOFF_LIMIT)
        .put("activeDeadlineSeconds", Math.max(1, request.deadline().toSeconds()));
    spec.set("podFailurePolicy", JobObjects.failurePolicy(request.container()));
    spec.set("template", draft.template());
    return job;
  }
}
