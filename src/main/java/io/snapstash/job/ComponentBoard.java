package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;

/**
 * Writes component states as they come, one patch at a time per object: what comes while a patch is under way goes
 * out together in the next one. Only the keys given are touched (JSON merge patch), so many writers get along.
 */
final class ComponentBoard {
  private final Function<ObjectNode, Future<Void>> send;
  private ObjectNode waiting = JsonNodeFactory.instance.objectNode();
  private Promise<Void> nextSent = Promise.promise();
  private boolean sending;

  /** @param send patches the status of the object with the given fields */
  ComponentBoard(Function<ObjectNode, Future<Void>> send) {
    this.send = send;
  }

  /** Completes when these fields are in the object. */
  Future<Void> write(ObjectNode status) {
    Future<Void> sent;
    synchronized (this) {
      merge(waiting, status);
      sent = nextSent.future();
      if (sending) {
        return sent;
      }
      sending = true;
    }
    flush();
    return sent;
  }

  private void flush() {
    ObjectNode patch;
    Promise<Void> sent;
    synchronized (this) {
      if (waiting.isEmpty()) {
        sending = false;
        return;
      }
      patch = waiting;
      sent = nextSent;
      waiting = JsonNodeFactory.instance.objectNode();
      nextSent = Promise.promise();
    }
    send.apply(patch).onComplete(result -> {
      if (result.succeeded()) {
        sent.complete();
      } else {
        sent.fail(result.cause());
      }
      flush();
    });
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties().forEach(field -> {
      if (field.getValue() instanceof ObjectNode inner && into.get(field.getKey()) instanceof ObjectNode present) {
        merge(present, inner);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    });
  }
}
