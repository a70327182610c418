package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;

/**
 * What {@code pods/exec} does: nothing runs in a simulated Pod, so somebody else says what the command wrote and how it
 * ended. Over web sockets only, which is what current clients speak. May be used from any thread.
 */
public final class PodExecs {
  /** The protocols that a client may ask for, the newest first. */
  static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");
  private static final int STDOUT = 1;
  private static final int STATUS = 3;
  private static final short NORMAL_CLOSURE = 1000;

  /** A command as it was sent. */
  public record Command(String namespace, String pod, String container, List<String> words) {}

  /** What came of it. */
  public record End(int exitCode, String output) {}

  /** A program: completes when the command ends, or never. */
  @FunctionalInterface
  public interface Program {
    Future<End> run(Command command);
  }

  private volatile Program program = command -> Future.succeededFuture(new End(0,
      "(simulated: " + String.join(" ", command.words()) + ")\n"));

  /** From now on commands are carried out by this one. */
  public void by(Program newProgram) {
    program = newProgram;
  }

  /** Refuses what a real server would refuse before it opens a stream. */
  static Command check(Stored pod, ApiRequest request) {
    List<String> words = request.query().getAll("command");
    if (words.isEmpty()) {
      throw Failures.badRequest("you must specify at least 1 command for the container");
    }
    if (pod.tree().at("/status/phase").asText().equals("Succeeded")
        || pod.tree().at("/status/phase").asText().equals("Failed")) {
      throw Failures.badRequest("cannot exec into a container in a completed pod; current phase is "
          + pod.tree().at("/status/phase").asText());
    }
    String container = request.parameter("container");
    for (JsonNode one : pod.tree().at("/spec/containers")) {
      if (container.isEmpty() || one.path("name").asText().equals(container)) {
        return new Command(request.namespace(), pod.name(), one.path("name").asText(), words);
      }
    }
    throw Failures.badRequest("container " + container + " is not valid for pod " + pod.name());
  }

  void serve(Command command, ServerWebSocket socket) {
    program.run(command).onSuccess(end -> {
      if (!end.output().isEmpty()) {
        socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) STDOUT).appendString(end.output()));
      }
      socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) STATUS).appendString(status(end.exitCode())));
      socket.close(NORMAL_CLOSURE);
    }).onFailure(_ -> socket.close((short) 1011));
  }

  private static String status(int exitCode) {
    ObjectNode status = Json.MAPPER.createObjectNode();
    status.putObject("metadata");
    if (exitCode == 0) {
      return status.put("status", "Success").toString();
    }
    status.put("status", "Failure").put("reason", "NonZeroExitCode")
        .put("message", "command terminated with non-zero exit code: exit status " + exitCode);
    status.putObject("details").putArray("causes").addObject().put("reason", "ExitCode").put("message", "" + exitCode);
    return status.toString();
  }
}
