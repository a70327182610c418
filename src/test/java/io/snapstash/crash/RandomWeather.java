package io.snapstash.crash;

import io.snapstash.engine.Time;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Random;

/** Weather that changes: clear, a bad view, or requests that go wrong by chance. Always the same for the same seed. */
final class RandomWeather implements Weather {
  /** One request in so many goes wrong. */
  private static final int RARITY = 12;

  private final Time time;
  private final Random chance;
  private Weather now = CLEAR;

  RandomWeather(Time time, Random chance) {
    this.time = time;
    this.chance = chance;
  }

  synchronized void clear() {
    now = CLEAR;
  }

  /** @return its name */
  synchronized String change() {
    if (chance.nextBoolean()) {
      Plight view = Views.all().get(chance.nextInt(Views.values().length));
      now = view.weather().apply(time);
      return view.name();
    }
    Faults fault = Faults.values()[chance.nextInt(Faults.values().length)];
    now = byChance(fault);
    return fault.name();
  }

  private Weather byChance(Faults fault) {
    Random dice = new Random(chance.nextLong());
    return new Weather() {
      @Override
      public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
        return dice.nextInt(RARITY) == 0 ? fault.server() : Treatment.PASSES;
      }

      @Override
      public Treatment toStore(HttpMethod method, String key) {
        return dice.nextInt(RARITY) == 0 ? fault.store() : Treatment.PASSES;
      }
    };
  }

  private synchronized Weather current() {
    return now;
  }

  @Override
  public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
    return current().toServer(request, query, sender);
  }

  @Override
  public Treatment toStore(HttpMethod method, String key) {
    return current().toStore(method, key);
  }
}
