package io.snapstash.controller;

import io.snapstash.engine.Requeue;
import java.util.List;

/**
 * What the rules of a kind make of its facts: things to do, in order, the status that is true once they are done, and
 * when to look again.
 *
 * @param status the whole status as it should be; equal to the present one if nothing is to be written
 * @param reason one word for the log
 */
public record Decision<S>(S status, List<Effect> effects, Requeue requeue, String reason) {
  public Decision {
    effects = List.copyOf(effects);
  }
}
