package io.snapstash.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.snapstash.api.Json;
import io.snapstash.engine.Cancellable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Cuts the bytes of a watch into lines, the lines into events, and tells once how it ended. */
final class WatchStream<T> implements AsyncBody.Consumer<List<ByteBuffer>>, Cancellable {
  private static final int LONGEST_LINE = 16 << 20;

  private final Class<T> type;
  private final String what;
  private final WatchListener<T> listener;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile AsyncBody body;
  private volatile int code = 200;

  WatchStream(Class<T> type, String what, WatchListener<T> listener) {
    this.type = type;
    this.what = what;
    this.listener = listener;
  }

  void follow(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    answer.whenComplete((response, failure) -> {
      if (failure != null) {
        end(Optional.of(KubeFailure.unreachable(what, failure)));
        return;
      }
      code = response.code();
      body = response.body();
      body.done().whenComplete((_, broken) -> end(broken == null
          ? refusal(response) : Optional.of(KubeFailure.unreachable(what, broken))));
      if (ended.get()) {
        body.cancel();
      } else {
        body.consume();
      }
    });
  }

  private Optional<KubeFailure> refusal(HttpResponse<AsyncBody> response) {
    return response.isSuccessful() ? Optional.empty() : Optional.of(KubeClient.failure(
        what, code, line.toByteArray(), Optional.ofNullable(response.header("Retry-After"))));
  }

  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody stream) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n' && code < 300) {
          take();
        } else {
          line.write(next);
        }
      }
    }
    if (line.size() > LONGEST_LINE) {
      end(Optional.of(KubeFailure.of(what, 500, "", "a line of more than 16 MiB", Optional.empty())));
      stream.cancel();
    } else if (!ended.get()) {
      stream.consume();
    }
  }

  private ObjectMapper mapper() {
    return type == Secret.class ? Json.MAPPER : Json.SHARING;
  }

  private void take() {
    byte[] text = line.toByteArray();
    line.reset();
    if (text.length == 0 || ended.get()) {
      return;
    }
    try {
      JsonNode event = Json.MAPPER.readTree(text);
      JsonNode object = event.path("object");
      switch (event.path("type").asText()) {
        case "ADDED", "MODIFIED" -> listener.on(new WatchEvent.Present<>(mapper().treeToValue(object, type)));
        case "DELETED" -> listener.on(new WatchEvent.Gone<>(mapper().treeToValue(object, type)));
        case "BOOKMARK" -> listener.on(
            new WatchEvent.Bookmark<>(object.path("metadata").path("resourceVersion").asText()));
        default -> end(Optional.of(KubeFailure.of(what, object.path("code").asInt(500),
            object.path("reason").asText(""), object.path("message").asText("watch failed"), Optional.empty())));
      }
    } catch (IOException torn) {
      end(Optional.of(KubeFailure.unreachable(what, torn)));
    }
  }

  private void end(Optional<KubeFailure> failure) {
    if (ended.compareAndSet(false, true)) {
      AsyncBody open = body;
      if (open != null) {
        open.cancel();
      }
      listener.closed(failure);
    }
  }

  @Override
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      AsyncBody open = body;
      if (open != null) {
        open.cancel();
      }
    }
  }
}
