package io.snapstash.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import io.snapstash.picture.Difference;
import io.snapstash.picture.Picture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present picture of one namespace, or of everything, and whoever listens to its changes. It is made anew after a
 * change, and now and then because time makes backups old; never more often than the machine can bear, and not at all
 * while nobody looks. Belongs to one event loop; pictures are made beside it.
 */
final class StatusBoard {
  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
  private static final int JOURNAL_ENTRIES = 256;
  private static final long JOURNAL_BYTES = 2L << 20;
  private static final long SHORTEST_PAUSE = 50;
  /** At most a tenth of the time goes into pictures. */
  private static final int REST = 9;
  private static final String RETRY = "retry: 2000\n";

  private final Vertx vertx;
  private final PictureSource source;
  private final String namespace;
  private final String epoch;
  private final Journal journal = new Journal(JOURNAL_ENTRIES, JOURNAL_BYTES);
  private final Set<StreamClient> clients = new HashSet<>();
  private Optional<Picture> picture = Optional.empty();
  private Optional<Buffer> body = Optional.empty();
  /** Shared by all who begin with it, for it is by far the largest. */
  private Optional<Buffer> opening = Optional.empty();
  private long number;
  private boolean stale = true;
  private boolean planned;
  private long restUntil;
  private Optional<Promise<Void>> making = Optional.empty();

  /** @param epoch makes the numbers of this process differ from those of the one before */
  StatusBoard(Vertx vertx, PictureSource source, String namespace, String epoch) {
    this.vertx = vertx;
    this.source = source;
    this.namespace = namespace;
    this.epoch = epoch;
  }

  int clients() {
    return clients.size();
  }

  /** Something may have changed. */
  void touch() {
    stale = true;
    plan();
  }

  private void plan() {
    if (!planned && stale && !clients.isEmpty()) {
      planned = true;
      vertx.setTimer(Math.max(SHORTEST_PAUSE, restUntil - System.currentTimeMillis()), _ -> {
        planned = false;
        if (stale && !clients.isEmpty()) {
          refresh();
        }
      });
    }
  }

  /** The JSON of the present picture. */
  Future<Buffer> current() {
    return fresh().map(_ -> body());
  }

  private Future<Void> fresh() {
    if (picture.isEmpty()) {
      return refresh();
    }
    boolean resting = System.currentTimeMillis() < restUntil;
    return stale && !resting ? refresh() : Future.succeededFuture();
  }

  /** Requests that come while a picture is being made get that one. */
  private Future<Void> refresh() {
    if (making.isPresent()) {
      return making.get().future();
    }
    Promise<Void> made = Promise.promise();
    making = Optional.of(made);
    stale = false;
    long begin = System.nanoTime();
    vertx.executeBlocking(() -> source.picture(namespace), false).onComplete(result -> {
      long took = (System.nanoTime() - begin) / 1_000_000;
      restUntil = System.currentTimeMillis() + took * REST;
      making = Optional.empty();
      if (result.succeeded()) {
        accept(result.result());
        made.complete();
      } else {
        LOG.error("no picture namespace={}", namespace, result.cause());
        stale = true;
        made.fail(result.cause());
      }
      plan();
    });
    return made.future();
  }

  private void accept(Picture next) {
    Optional<Difference> change = picture.flatMap(before -> Difference.between(before, next));
    picture = Optional.of(next);
    body = Optional.empty();
    opening = Optional.empty();
    change.ifPresent(difference -> {
      number++;
      Buffer event = event("change", json(difference));
      journal.add(number, event);
      List.copyOf(clients).forEach(client -> client.offer(number, event));
    });
  }

  private Buffer body() {
    if (body.isEmpty()) {
      body = Optional.of(json(picture.orElseThrow()));
    }
    return body.get();
  }

  private Buffer opening() {
    if (opening.isEmpty()) {
      opening = Optional.of(event("picture", body()));
    }
    return opening.get();
  }

  private static Buffer json(Object value) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Buffer event(String name, Buffer data) {
    return Buffer.buffer("id: " + epoch + "-" + number + "\nevent: " + name + "\ndata: ").appendBuffer(data)
        .appendString("\n\n");
  }

  /** Begins a stream; the client goes on after the event it names, if that is known here. */
  Future<StreamClient> subscribe(HttpServerResponse response, String lastEventId) {
    return fresh().map(_ -> {
      StreamClient client = new StreamClient(response, seen(lastEventId), this::catchUp);
      clients.add(client);
      response.write(RETRY + "\n");
      catchUp(client);
      plan();
      return client;
    });
  }

  private long seen(String lastEventId) {
    String prefix = epoch + "-";
    String digits = lastEventId != null && lastEventId.startsWith(prefix) ? lastEventId.substring(prefix.length()) : "";
    return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : -1;
  }

  private void catchUp(StreamClient client) {
    Optional<List<Journal.Entry>> missed = client.seen() < 0 ? Optional.empty() : journal.since(client.seen(), number);
    if (missed.isEmpty()) {
      client.offer(number, opening());
      return;
    }
    for (Journal.Entry entry : missed.get()) {
      if (!client.offer(entry.number(), entry.event())) {
        return;
      }
    }
  }

  void unsubscribe(StreamClient client) {
    clients.remove(client);
  }

  void beat(Buffer event) {
    List.copyOf(clients).stream().filter(client -> !client.beat(event)).forEach(clients::remove);
    stale = true;
    plan();
  }

  void close() {
    List.copyOf(clients).forEach(StreamClient::end);
    clients.clear();
  }
}
