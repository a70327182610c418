package io.snapstash.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Json;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.engine.ResourceKey;
import io.snapstash.job.JobContext;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;

/** A backup Job that takes no time: every component succeeds at once, by one merge patch for each Snapshot. */
record SimulatedJob(KubeClient client) {
  void run(Job job) {
    BackupPlan plan = plan(job);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status").put("snapshotTime", job.getMetadata().getCreationTimestamp());
    ObjectNode components = status.putObject("components");
    plan.components().forEach(component -> {
      ObjectNode written = components.putObject(component.name())
          .put("driver", "VolumeSnapshotter").put("phase", "Succeeded").put("duration", "1s");
      component.claims().forEach(claim -> written.withArray("volumeSnapshotterStats").addObject()
          .put("pvcName", claim.name()).put("volumeSnapshotName", claim.name() + "-" + plan.nameSuffix())
          .put("volumeSnapshotTime", job.getMetadata().getCreationTimestamp()));
    });
    Future.all(plan.snapshots().stream().map(snapshot -> client.patchStatus(ResourceTypes.SNAPSHOTS,
        new ResourceKey(snapshot.namespace(), snapshot.name()), patch)).toList())
        .onFailure(failure -> System.err.println("simulated job failed: " + failure));
  }

  static BackupPlan plan(Job job) {
    String json = job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
        .filter(variable -> variable.getName().equals(JobContext.PLAN)).map(EnvVar::getValue).findFirst().orElseThrow();
    try {
      return Json.MAPPER.readValue(json.replace("$$", "$"), BackupPlan.class);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }
}
