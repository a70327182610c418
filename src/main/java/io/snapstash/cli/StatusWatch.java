package io.snapstash.cli;

import io.snapstash.picture.Difference;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.snapstash.picture.RetentionFates;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * {@code status --watch}: shows the picture again when it changes, until the person has seen enough. After the first
 * list nothing is read again; that time makes backups late is found out here.
 */
final class StatusWatch {
  private static final long TICK_MILLIS = 1000;
  /** Changes come in bursts. */
  private static final long BURST_MILLIS = 100;
  private static final String LOST = "NOT LIVE: the API server does not answer, this may be old\n";

  private final PictureMaker maker = new PictureMaker(new RetentionFates());
  private final Semaphore changes = new Semaphore(0);
  private final People.Terminal terminal;
  private final Function<Picture, String> text;
  private final String separator;
  private Optional<Picture> shown = Optional.empty();
  private boolean wasLive = true;

  /** @param separator what stands between one picture and the next where both are kept */
  StatusWatch(People.Terminal terminal, Function<Picture, String> text, String separator) {
    this.terminal = terminal;
    this.text = text;
    this.separator = separator;
  }

  /** Returns when the thread is interrupted. */
  void run(Cluster cluster, String namespace) {
    try (Farewell _ = Farewell.to(Thread.currentThread());
        Followed followed = new Followed(cluster, namespace, terminal.time(), changes::release);
        Screen screen = Screen.of(terminal.out(), terminal.interactive(), separator)) {
      while (true) {
        show(followed, screen);
        if (changes.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
          TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
          changes.drainPermits();
        }
      }
    } catch (InterruptedException enough) {
      // That is how it ends.
    }
  }

  private void show(Followed followed, Screen screen) {
    Picture next = maker.make(followed.inventory(), terminal.time().now());
    boolean live = followed.isLive();
    boolean other = shown.isEmpty() || Difference.between(shown.get(), next).isPresent();
    if (other || screen.ticks()) {
      // A watch that is being renewed is no loss: only one that stays away for a tick is told.
      screen.show((screen.ticks() && !live && !wasLive ? LOST : "") + text.apply(next));
      shown = Optional.of(next);
    }
    wasLive = live;
  }
}
