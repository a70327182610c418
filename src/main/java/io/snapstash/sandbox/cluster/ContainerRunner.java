package io.snapstash.sandbox.cluster;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Runs what stands in a container. Starting returns at once; nothing here may block the caller. */
public interface ContainerRunner {
  /** Whether containers of this image are run here. Others only pretend to run. */
  boolean knows(String image);

  Running start(Container container);

  /**
   * A container as it is started: references resolved, {@code $(NAME)} filled in.
   *
   * @param serviceAccount in whose name its requests go out, as {@code system:serviceaccount:<namespace>:<name>}
   */
  record Container(String namespace, String pod, String serviceAccount, List<String> args, Map<String, String> env) {
    public Container {
      args = List.copyOf(args);
      env = Map.copyOf(env);
    }
  }

  /** A started container. */
  interface Running {
    /** The exit code; never fails. */
    Future<Integer> exit();

    /** As SIGKILL: no clean-up, exit code 137. Killing what has ended does nothing. */
    void kill();
  }
}
