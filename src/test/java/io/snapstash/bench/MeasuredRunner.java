package io.snapstash.bench;

import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Runs the containers of our image as processes of the jar, and keeps what each has cost. */
final class MeasuredRunner implements ContainerRunner {
  private final Path kubeconfig;
  private final BlockingQueue<Cost> costs = new LinkedBlockingQueue<>();
  private volatile Jar jar;

  MeasuredRunner(Jar jar, Path kubeconfig) {
    this.jar = jar;
    this.kubeconfig = kubeconfig;
  }

  /** From the next container on. */
  void use(Jar other) {
    jar = other;
  }

  /** Of the container that ended first since this was last asked for; waits for it. */
  Cost take() {
    try {
      return costs.take();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Forgets those that have ended. */
  void clear() {
    costs.clear();
  }

  @Override
  public boolean knows(String image) {
    return image != null && image.startsWith(Programs.IMAGE_PREFIX);
  }

  @Override
  public Running start(Container container) {
    long begin = System.nanoTime();
    Process process = jar.start(kubeconfig, container.pod(), container.env(), container.args());
    Promise<Integer> exit = Promise.promise();
    Thread.ofPlatform().daemon().start(() -> {
      costs.add(Cost.of(process, begin));
      exit.complete(process.exitValue());
    });
    return new Running() {
      @Override
      public Future<Integer> exit() {
        return exit.future();
      }

      @Override
      public void kill() {
        process.destroyForcibly();
      }
    };
  }
}
