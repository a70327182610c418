package io.snapstash.sandbox.apiserver;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the containers wrote, by Pod; whoever runs them puts it here. May be used from any thread. */
public final class PodLogs {
  private static final int KEPT = 1_000;

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
}
