package io.snapstash.sandbox.cluster;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs what stands in a container. Starting returns at once; nothing here may block the caller. */
public interface ContainerRunner {
  /** Whether containers of this image are run here. Others only pretend to run. */
  boolean knows(String image);

  Running start(Container container);

  /**
   * A container as it is started: references resolved, {@code $(NAME)} filled in.
   *
   * @param mounts folders of this machine by the paths at which they are mounted
   * @param lastWord takes the termination message
   * @param serviceAccount in whose name its requests go out, as {@code system:serviceaccount:<namespace>:<name>}
   */
  record Container(String namespace, String pod, String serviceAccount, List<String> args, Map<String, String> env,
      Map<Path, Path> mounts, Consumer<String> lastWord) {
    public Container {
      args = List.copyOf(args);
      env = Map.copyOf(env);
      mounts = Map.copyOf(mounts);
    }

    /** Without volumes, and with nobody to take a termination message. */
    public Container(String namespace, String pod, String serviceAccount, List<String> args, Map<String, String> env) {
      this(namespace, pod, serviceAccount, args, env, Map.of(), _ -> { });
    }

    public Container with(Map<Path, Path> volumes, Consumer<String> termination) {
      return new Container(namespace, pod, serviceAccount, args, env, volumes, termination);
    }

    /** Where what is mounted at that path lies; the path itself if nothing is. */
    public Path seen(Path path) {
      return mounts.getOrDefault(path.normalize(), path);
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
