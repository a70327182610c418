package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the containers wrote, by Pod; whoever runs them puts it here. May be used from any thread. */
public final class PodLogs {
  private static final int KEPT = 1_000;
  private static final String NOTHING_RUNS = "(no log: this Pod is simulated, nothing runs in it)\n";

  private final Map<String, StringBuilder> logs = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, StringBuilder> eldest) {
      return size() > KEPT;
    }
  };

  public synchronized void append(String namespace, String pod, String text) {
    logs.computeIfAbsent(namespace + "/" + pod, _ -> new StringBuilder()).append(text);
  }

  /** Empty for a Pod that wrote nothing. */
  public synchronized String of(String namespace, String pod) {
    StringBuilder log = logs.get(namespace + "/" + pod);
    return log == null ? "" : log.toString();
  }

  /** What {@code kubectl logs} shows; a container that is not there, or has not begun, is refused. */
  Answer answer(Stored pod, ApiRequest request) {
    String container = request.parameter("container");
    boolean known = container.isEmpty();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode one : pod.tree().at("/spec/" + list)) {
        known |= one.path("name").asText().equals(container);
      }
    }
    if (!known) {
      throw Failures.badRequest("container " + container + " is not valid for pod " + pod.name());
    }
    String named = container.isEmpty() ? pod.tree().at("/spec/containers/0/name").asText() : container;
    if (request.flag("previous")) {
      throw Failures.badRequest("previous terminated container \"" + named + "\" in pod \"" + pod.name()
          + "\" not found");
    }
    if (pod.tree().at("/status/phase").asText("Pending").equals("Pending")) {
      throw Failures.badRequest("container \"" + named + "\" in pod \"" + pod.name()
          + "\" is waiting to start: ContainerCreating");
    }
    String log = of(request.namespace(), pod.name());
    String tail = request.parameter("tailLines");
    String shown = tail.matches("\\d{1,9}") ? last(log, Integer.parseInt(tail)) : log;
    return Answer.text(200, log.isEmpty() ? NOTHING_RUNS : shown);
  }

  private static String last(String log, int count) {
    List<String> lines = log.lines().toList();
    return lines.stream().skip(Math.max(0, lines.size() - count)).map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
