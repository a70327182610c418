package io.snapstash.crash;

import io.snapstash.engine.Time;
import java.util.function.Function;

/**
 * What a run has to bear.
 *
 * @param trouble at one of its writes
 * @param weather on the ways of all of its requests, from its begin on
 */
record Plight(String name, Trouble trouble, Function<Time, Weather> weather, boolean isOfTheWay) {
  static Plight none() {
    return of(new Trouble(0, Way.DIES));
  }

  static Plight of(Trouble trouble) {
    return new Plight("", trouble, _ -> Weather.CLEAR, false);
  }

  static Plight of(String name, Function<Time, Weather> weather) {
    return new Plight(name, new Trouble(0, Way.DIES), weather, true);
  }
}
