package io.snapstash.job;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import java.time.Duration;
import java.util.Map;

/**
 * The surroundings of a command: connection, clock, environment. Nothing is static, so that many commands can run in
 * one process.
 */
public record JobContext(KubeClient kube, Time time, Map<String, String> environment) {
  /** The operator hands over here what it has resolved. */
  public static final String PLAN = "SNAPSTASH_PLAN";
  private static final int MOST_REQUESTS = 64;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  public static JobContext of(Config config, HttpClient.Factory http, Time time, Map<String, String> environment) {
    return new JobContext(KubeClient.create(config, http, MOST_REQUESTS, REQUEST_TIMEOUT), time, environment);
  }
}
