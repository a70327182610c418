package io.snapstash.controller.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.JobMaker;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.template.JobRequest;
import io.snapstash.domain.template.StorageJob;
import io.snapstash.domain.template.StorageMount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The Job of a {@link VolumeTask}, as it is to be now. */
final class VolumeJob {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final int LONGEST_PLAN = 120 * 1024;
  private static final int LONGEST_NAME = 63;
  private static final int SHORT_HASH = 4;

  private final VolumeTask task;
  private final ControllerSettings settings;
  private final StorageMount mount;

  VolumeJob(VolumeTask task, ControllerSettings settings) {
    this.task = task;
    this.settings = settings;
    this.mount = StorageMount.of(task.storage().getSpec().storage().local());
  }

  /** Beside its owner, unless the volume can be mounted only beside the storage (storage-layout 5.5). */
  String namespace() {
    return mount.isNamespaced() ? task.storage().getMetadata().getNamespace()
        : task.owner().getMetadata().getNamespace();
  }

  /** Whether it would be too large to be created. */
  Optional<String> objection() {
    int length = task.plan().encode().length();
    return length <= LONGEST_PLAN ? Optional.empty() : Optional.of(
        "what there is to store takes " + length + " bytes, and a Job takes " + LONGEST_PLAN);
  }

  /** The other name is taken where somebody else's Job has the first: names are cut, and kinds share them. */
  String otherName() {
    String suffix = "-" + hash(task.id(), SHORT_HASH);
    String name = task.name();
    return name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix;
  }

  boolean isFor(Job job) {
    return task.id().equals(Metadata.annotation(job, Labels.VOLUME_TASK));
  }

  /** Whether it was made from what we would make now. */
  boolean isSame(Job job) {
    return revision().equals(Metadata.annotation(job, Labels.VOLUME_REVISION));
  }

  ObjectNode body(String name) {
    ObjectNode job = render(name, task.plan().encode());
    ObjectNode metadata = job.withObject("/metadata");
    metadata.withObject("/annotations").put(Labels.VOLUME_TASK, task.id())
        .put(Labels.VOLUME_REVISION, revision())
        .put(Labels.VOLUME_STORAGE, task.storage().getMetadata().getUid());
    return job;
  }

  private String revision() {
    try {
      return hash(task.about() + Json.MAPPER.writeValueAsString(render("", "")), SHORT_HASH * 4);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }

  private ObjectNode render(String name, String plan) {
    Map<String, String> environment = new HashMap<>(settings.proxyEnvironment());
    environment.put(JobMaker.PLAN, plan);
    HasMetadata owner = task.owner().getMetadata().getNamespace().equals(namespace()) ? task.owner() : task.storage();
    JobRequest request = new JobRequest(namespace(), name, new JobRequest.Owner(owner.getApiVersion(), owner.getKind(),
        owner.getMetadata().getName(), owner.getMetadata().getUid()), "storage", labels(), settings.image(),
        JobAccounts.STORAGE.accountName(), environment, task.kind().limit(),
        Optional.ofNullable(task.storage().getSpec().runtimeSettings()), settings.jobRequests());
    ObjectNode job = StorageJob.render(task.storage().getMetadata().getName(), mount, task.kind().command(),
        task.kind() == VolumeTask.Kind.SYNC, request);
    if (owner.getMetadata().getFinalizers().contains(FOREGROUND)) {
      // It would be collected at once: foreground deletion takes the dependents before the owner.
      job.withObject("/metadata").remove("ownerReferences");
    }
    return job;
  }

  private Map<String, String> labels() {
    HasMetadata owner = task.owner();
    return OffshootLabels.of(new OffshootLabels.Owner(owner.getKind(), owner.getMetadata().getNamespace(),
        owner.getMetadata().getName(), Metadata.labels(owner)), task.kind().component());
  }

  StorageMount mount() {
    return mount;
  }

  private static String hash(String text, int bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
