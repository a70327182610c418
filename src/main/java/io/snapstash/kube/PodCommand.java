package io.snapstash.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.snapstash.api.Json;
import io.snapstash.engine.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A command that runs in a container of a Pod, heard through the channels of {@code v4.channel.k8s.io}: what it writes,
 * of which the last is kept, and how it ends. Cancelling stops listening; the command itself may go on.
 */
public final class PodCommand implements Cancellable {
  /** As much of what a command wrote as anybody will read. */
  private static final int KEPT = 8 * 1024;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final int NORMAL_CLOSURE = 1000;

  /**
   * How the command ended.
   *
   * @param exitCode 0 for success
   * @param output the end of what it wrote to either stream
   * @param message what the runtime said of its end; empty on success
   */
  public record End(int exitCode, String output, String message) {}

  private final String what;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final StringBuilder output = new StringBuilder();
  private volatile WebSocket socket;

  PodCommand(String what) {
    this.what = what;
  }

  /** Fails with a {@link KubeFailure}, also if the connection is lost before the end is known. */
  public CompletableFuture<End> end() {
    return end;
  }

  void follow(CompletableFuture<WebSocket> opening) {
    opening.whenComplete((opened, failure) -> {
      if (failure != null) {
        end.completeExceptionally(refused(failure));
        return;
      }
      socket = opened;
      if (end.isCancelled()) {
        opened.sendClose(NORMAL_CLOSURE, "");
      }
    });
  }

  WebSocket.Listener listener() {
    return new WebSocket.Listener() {
      @Override
      public void onMessage(WebSocket from, ByteBuffer message) {
        take(message);
        from.request();
      }

      @Override
      public void onMessage(WebSocket from, String text) {
        from.request();
      }

      @Override
      public void onClose(WebSocket from, int code, String reason) {
        end.completeExceptionally(lost("the connection was closed before the end of the command was known"));
      }

      @Override
      public void onError(WebSocket from, Throwable error) {
        end.completeExceptionally(KubeFailure.unreachable(what, error));
      }
    };
  }

  @Override
  public void cancel() {
    WebSocket open = socket;
    if (end.cancel(false) && open != null) {
      open.sendClose(NORMAL_CLOSURE, "");
    }
  }

  private void take(ByteBuffer message) {
    if (!message.hasRemaining()) {
      return;
    }
    int channel = message.get();
    String text = StandardCharsets.UTF_8.decode(message).toString();
    if (channel == STDOUT || channel == STDERR) {
      output.append(text);
      output.delete(0, Math.max(0, output.length() - KEPT));
    } else if (channel == STATUS) {
      ended(text);
    }
  }

  private void ended(String text) {
    try {
      JsonNode status = Json.MAPPER.readTree(text);
      if (status.path("status").asText().equals("Success")) {
        end.complete(new End(0, output.toString(), ""));
        return;
      }
      for (JsonNode cause : status.at("/details/causes")) {
        if (cause.path("reason").asText().equals("ExitCode")) {
          end.complete(new End(cause.path("message").asInt(1), output.toString(), status.path("message").asText()));
          return;
        }
      }
      end.completeExceptionally(lost(status.path("message").asText("the command could not be run")));
    } catch (IOException torn) {
      end.completeExceptionally(KubeFailure.unreachable(what, torn));
    }
  }

  private KubeFailure lost(String why) {
    return KubeFailure.of(what, 500, "", why, Optional.empty());
  }

  private KubeFailure refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof WebSocketHandshakeException handshake
        ? KubeFailure.of(what, handshake.getResponse().code(), "", "HTTP " + handshake.getResponse().code(),
            Optional.empty())
        : KubeFailure.unreachable(what, cause);
  }
}
