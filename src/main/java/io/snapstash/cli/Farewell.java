package io.snapstash.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a command that goes on for ever end tidily on Ctrl-C: its thread is interrupted and waited for, not for long. */
final class Farewell implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
  private static final long PATIENCE_SECONDS = 2;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  private Farewell(Thread command) {
    hook = new Thread(() -> {
      command.interrupt();
      try {
        boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        LOG.debug("farewell ended={}", ended);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }, "farewell");
  }

  static Farewell to(Thread command) {
    Farewell farewell = new Farewell(command);
    Runtime.getRuntime().addShutdownHook(farewell.hook);
    return farewell;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      // The hook is what brought us here.
    }
  }
}
