package io.snapstash.domain.template;

import static io.snapstash.domain.template.PodDraft.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A Job that works on the volume of a {@code local} BackupStorage (storage-layout 5): our image, one mount, the settings
 * of the storage's {@code runtimeSettings}.
 */
public final class StorageJob {
  private static final int LONGEST_NAME = 63;
  /** For Jobs whose end nobody was there to see. */
  private static final Duration KEPT = Duration.ofHours(1);

  private StorageJob() {}

  /**
   * @param storage name of the BackupStorage, after which volume and mount are called (5.2)
   * @param command such as {@code storage-init}
   * @param asksApiServer whether it gets the token of its ServiceAccount
   */
  public static ObjectNode render(
      String storage, StorageMount mount, String command, boolean asksApiServer, JobRequest request) {
    PodDraft draft = new PodDraft(request.container());
    JobObjects.image(draft, "", request);
    JobObjects.resources(draft, request);
    draft.container().putArray("args").add(command);
    draft.pod().put("automountServiceAccountToken", false);
    request.settings().ifPresent(settings -> {
      PodSettings.apply(draft, settings.pod());
      PodSettings.apply(draft, settings.container());
    });
    if (asksApiServer) {
      draft.pod().put("automountServiceAccountToken", true);
    }
    String name = volumeName(storage);
    draft.volume(object().put("name", name).set(mount.kind(), mount.source().deepCopy()));
    ObjectNode where = object().put("name", name).put("mountPath", mount.mountPath());
    PodDraft.put(where, "subPath", mount.subPath());
    draft.mount(where);
    JobObjects.seal(draft, request);
    ObjectNode job = JobObjects.root("Job", request, null);
    ObjectNode spec = job.putObject("spec").put("backoffLimit", JobObjects.BACKOFF_LIMIT)
        .put("activeDeadlineSeconds", Math.max(1, request.deadline().toSeconds()))
        .put("ttlSecondsAfterFinished", KEPT.toSeconds());
    spec.set("podFailurePolicy", JobObjects.failurePolicy(request.container()));
    spec.set("template", draft.template());
    return job;
  }

  /** That of the storage where it can be one: a volume's name has neither dots nor more than 63 characters. */
  static String volumeName(String storage) {
    String name = storage.replace('.', '-');
    String cut = name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("-+$", "");
    return cut.equals("tmp") || cut.equals(PodDraft.TMP_VOLUME) ? cut + "-storage" : cut;
  }
}
