package io.snapstash.web;

import io.snapstash.picture.Picture;
import java.time.Instant;

/** Where pictures come from. */
public interface PictureSource {
  /** The clock that pictures are dated by. */
  Instant now();

  /** Whether there is enough to make a picture of. */
  boolean isReady();

  /** The picture of one namespace, or of everything if it is empty. May take its time: never called on an event loop. */
  Picture picture(String namespace);

  /** Whether somebody follows the changes now: what only they need to know is not looked for without them. */
  default void looking(boolean somebody) {}

  /** Calls back, on any thread, after every change that may show in a picture. */
  void onChange(Runnable listener);
}
