package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.kube.ResourceTypes;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events, each once per object, reason and message: a repetition would be news to nobody here. */
final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int LONGEST_HEAD = 200;
  private final Cluster cluster;
  private final String component;
  private final Set<String> told = new HashSet<>();

  EventRecorder(Cluster cluster, String component) {
    this.cluster = cluster;
    this.component = component;
  }

  void normal(HasMetadata about, String reason, String message) {
    write(about, "Normal", reason, message);
  }

  void warning(HasMetadata about, String reason, String message) {
    write(about, "Warning", reason, message);
  }

  /** Never waited for: an event that cannot be written changes nothing. */
  private void write(HasMetadata about, String type, String reason, String message) {
    String uid = about.getMetadata().getUid();
    if (!told.add(uid + reason + message)) {
      return;
    }
    String namespace = about.getMetadata().getNamespace() == null ? "default" : about.getMetadata().getNamespace();
    String now = cluster.time().now().truncatedTo(ChronoUnit.SECONDS).toString();
    var event = new EventBuilder()
        .withNewMetadata().withName(nextName(about)).withNamespace(namespace)
        .endMetadata()
        .withNewInvolvedObject().withApiVersion(about.getApiVersion()).withKind(about.getKind())
        .withName(about.getMetadata().getName()).withNamespace(about.getMetadata().getNamespace()).withUid(uid)
        .endInvolvedObject()
        .withType(type).withReason(reason).withMessage(message).withCount(1)
        .withFirstTimestamp(now).withLastTimestamp(now)
        .withNewSource().withComponent(component).endSource().build();
    cluster.client().create(ResourceTypes.EVENTS, namespace, event)
        .onFailure(failure -> LOG.debug("event not written reason={} cause=\"{}\"", reason, failure.getMessage()));
  }

  private String nextName(HasMetadata about) {
    String name = about.getMetadata().getName();
    String head = name.length() > LONGEST_HEAD ? name.substring(0, LONGEST_HEAD) : name;
    return head + "." + Integer.toHexString(component.hashCode())
        + Long.toHexString(cluster.time().now().toEpochMilli()) + told.size();
  }
}
