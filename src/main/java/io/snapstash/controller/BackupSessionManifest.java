package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Session;
import io.snapstash.domain.naming.OffshootLabels;
import java.util.Map;

/** A run that the operator itself starts; the same content as a scheduled one (behaviour 6.4, 6.5). */
public final class BackupSessionManifest {
  private BackupSessionManifest() {}

  public static ObjectNode of(BackupConfiguration configuration, Session session, String name, String trigger) {
    String namespace = configuration.getMetadata().getNamespace();
    ObjectNode run = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", configuration.getApiVersion()).put("kind", "BackupSession");
    ObjectNode metadata = run.putObject("metadata");
    metadata.put("name", name).put("namespace", namespace);
    metadata.set("labels", Json.MAPPER.valueToTree(OffshootLabels.ofBackupSession(
        Map.of(), "BackupConfiguration", configuration.getMetadata().getName(), namespace, session.name())));
    metadata.putObject("annotations").put(Labels.TRIGGER, trigger);
    metadata.putArray("finalizers").add(Labels.FINALIZER);
    metadata.putArray("ownerReferences").add(Metadata.ownerReference(configuration));
    ObjectNode spec = run.putObject("spec");
    spec.putObject("invoker").put("apiGroup", "core.kubestash.com").put("kind", "BackupConfiguration")
        .put("name", configuration.getMetadata().getName());
    spec.put("session", session.name());
    spec.put("retryLeft", session.retryConfig() == null || session.retryConfig().maxRetry() == null
        ? 0 : session.retryConfig().maxRetry());
    if (session.backupTimeout() != null) {
      spec.put("backupTimeout", session.backupTimeout());
    }
    return run;
  }
}
