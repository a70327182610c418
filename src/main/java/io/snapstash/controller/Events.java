package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Event;
import io.snapstash.api.Labels;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Kubernetes events. An event's name follows from what it is about, so that an operator that has been killed does
 * not tell twice; what happens again is counted on the event that is there. Too many about one object are dropped, and
 * one that cannot be told is logged: no work waits for an event.
 */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  /** As long as a server keeps an event, unless it is configured otherwise. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final KubeClient kube;
  private final Time time;
  private final EventMemory memory = new EventMemory(LIFETIME);

  Events(KubeClient kube, Time time) {
    this.kube = kube;
    this.time = time;
  }

  /** Never fails. */
  Future<Void> tell(Notice notice) {
    EventBody event = new EventBody(notice, time.now());
    if (memory.knows(event.name(), notice.occurrence(), time.now())) {
      return Future.succeededFuture();
    }
    if (!memory.mayTellAbout(notice.uid(), time.now())) {
      LOG.debug("event dropped about={} reason={} cause=\"too many about one object\"", notice.about(), notice.reason());
      return Future.succeededFuture();
    }
    return (memory.hasTold(event.name()) ? again(notice, event) : first(notice, event))
        .<Void>map(_ -> {
          memory.note(event.name(), notice.occurrence(), time.now());
          return null;
        })
        .otherwise(failure -> {
          LOG.warn("event not told about={} reason={} cause=\"{}\"", notice.about(), notice.reason(),
              failure.getMessage());
          return null;
        });
  }

  private Future<Void> first(Notice notice, EventBody event) {
    return create(event).recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
        ? again(notice, event) : Future.failedFuture(failure));
  }

  private Future<Void> create(EventBody event) {
    return kube.create(ResourceTypes.EVENTS, event.namespace(), event.first()).mapEmpty();
  }

  private Future<Void> again(Notice notice, EventBody event) {
    ResourceKey key = new ResourceKey(event.namespace(), event.name());
    return kube.find(ResourceTypes.EVENTS, key).compose(found -> {
      if (found.isEmpty()) {
        return create(event);
      }
      if (isToldBy(found.get(), notice)) {
        return Future.succeededFuture();
      }
      ObjectNode patch = event.again(found.get().getCount() == null ? 1 : found.get().getCount());
      patch.withObject("/metadata").put("resourceVersion", found.get().getMetadata().getResourceVersion());
      return kube.patch(ResourceTypes.EVENTS, key, patch).mapEmpty();
    });
  }

  /** A state is told again only when the last time is long ago. */
  private boolean isToldBy(Event found, Notice notice) {
    return notice.occurrence().isEmpty()
        ? lastTime(found).filter(last -> last.plus(LIFETIME).isAfter(time.now())).isPresent()
        : notice.occurrence().equals(Metadata.annotation(found, Labels.OCCURRENCE));
  }

  private static Optional<Instant> lastTime(Event event) {
    try {
      return Optional.ofNullable(event.getLastTimestamp()).map(Instant::parse);
    } catch (DateTimeParseException foreign) {
      return Optional.empty();
    }
  }
}
