package io.snapstash.crash;

import io.snapstash.engine.Time;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.snapstash.wire.View;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Ways in which somebody who lists and watches sees the world wrongly, or late. */
enum Views {
  /** Every kind is seen some seconds late, each by another time: what depends on what comes in another order. */
  LAGS(time -> viewed((request, out) -> new Held(time, out, Duration.ofSeconds(1 + Math.floorMod(
      request.resource().hashCode(), 7)), _ -> true))),
  /** Each event comes twice. */
  TWICE(_ -> viewed((_, out) -> new Passing(out) {
    @Override
    void event(String line) {
      out.send(line);
      out.send(line);
    }
  })),
  /** Every third event of a watch is lost, with the connection. */
  GAPS(_ -> viewed((_, out) -> new Counting(out) {
    @Override
    void third(String line) {
      out.cut();
    }
  })),
  /** What a watch wants to go on from is forgotten after two events. */
  GONE(_ -> viewed((_, out) -> new Counting(out) {
    @Override
    void third(String line) {
      out.send(TOO_OLD);
      out.end();
    }
  })),
  /** The first two watches of everything fall silent after two events, and nobody is told. */
  HALF_OPEN(_ -> new Weather() {
    private final Map<String, Integer> opened = new HashMap<>();

    @Override
    public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
      if (!request.verb().equals("watch") || opened.merge(selection(request, query), 1, Integer::sum) > 2) {
        return Treatment.PASSES;
      }
      return new Treatment.Viewed(out -> new Deaf(out));
    }
  }),
  /** That something is gone is seen half a minute late, and so is what comes after it. */
  LATE_DELETES(time -> viewed((_, out) -> new Held(time, out, Duration.ofSeconds(30),
      line -> line.startsWith("{\"type\":\"DELETED\"")))),
  /** The first two answers to each question for a list break off. */
  TORN_LISTS(_ -> new Weather() {
    private final Map<String, Integer> asked = new HashMap<>();

    @Override
    public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
      return request.verb().equals("list") && asked.merge(selection(request, query), 1, Integer::sum) <= 2
          ? new Treatment.Torn() : Treatment.PASSES;
    }
  }),
  /**
   * After four events the server comes back as it was when the watch began: it lists what was there then, and tells what
   * has happened since as if it happened again, half a minute later.
   */
  TIME_TRAVEL(TimeTravel::new);

  private static final String TOO_OLD = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
      + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"too old resource version\",\"reason\":\"Expired\","
      + "\"code\":410}}";

  private final Function<Time, Weather> weather;

  Views(Function<Time, Weather> weather) {
    this.weather = weather;
  }

  /** All of them, each as a plight of its own. */
  static List<Plight> all() {
    return Arrays.stream(values()).map(view -> Plight.of(view.name(), view.weather)).toList();
  }

  private static Weather viewed(BiFunction<RequestLog.Entry, View.Out, View> view) {
    return new Weather() {
      @Override
      public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
        return request.verb().equals("watch") ? new Treatment.Viewed(out -> view.apply(request, out))
            : Treatment.PASSES;
      }
    };
  }

  /** Who asks for what, whatever the version. */
  private static String selection(RequestLog.Entry request, MultiMap query) {
    return request.user() + request.userAgent() + request.path() + query.get("labelSelector")
        + query.get("fieldSelector");
  }

  private static boolean isBookmark(String line) {
    return line.startsWith("{\"type\":\"BOOKMARK\"");
  }

  private static class Passing implements View {
    final Out out;

    Passing(Out out) {
      this.out = out;
    }

    @Override
    public void line(String line) {
      if (isBookmark(line)) {
        out.send(line);
      } else {
        event(line);
      }
    }

    void event(String line) {
      out.send(line);
    }

    @Override
    public void ended() {
      out.end();
    }
  }

  private abstract static class Counting extends Passing {
    private int events;

    Counting(Out out) {
      super(out);
    }

    abstract void third(String line);

    @Override
    void event(String line) {
      if (++events < 3) {
        out.send(line);
      } else if (events == 3) {
        third(line);
      }
    }
  }

  private static final class Deaf extends Passing {
    private int events;

    Deaf(Out out) {
      super(out);
    }

    @Override
    public void line(String line) {
      if (events < 2) {
        super.line(line);
      }
    }

    @Override
    void event(String line) {
      events++;
      out.send(line);
    }

    @Override
    public void ended() {
      if (events < 2) {
        out.end();
      }
    }
  }

  /** From a line that is to be held on, lines wait so long, and keep their order. */
  private static final class Held implements View {
    private final Time time;
    private final Out out;
    private final Duration delay;
    private final Predicate<String> first;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    Held(Time time, Out out, Duration delay, Predicate<String> first) {
      this.time = time;
      this.out = out;
      this.delay = delay;
      this.first = first;
    }

    @Override
    public synchronized void line(String line) {
      if (waiting.isEmpty() && !first.test(line)) {
        out.send(line);
      } else {
        hold(() -> out.send(line));
      }
    }

    @Override
    public synchronized void ended() {
      if (waiting.isEmpty()) {
        out.end();
      } else {
        hold(out::end);
      }
    }

    private void hold(Runnable action) {
      waiting.add(action);
      time.schedule(delay, this::next);
    }

    private synchronized void next() {
      waiting.remove().run();
    }
  }

  private static final class TimeTravel implements Weather {
    private static final Duration REPLAY = Duration.ofSeconds(30);
    private static final int EVENTS = 4;

    private final Time time;
    /** First answers to questions for a list. */
    private final Map<String, Buffer> past = new HashMap<>();
    /** What has been sent back, and lists anew. */
    private final Set<String> back = new HashSet<>();
    private final Set<String> travelled = new HashSet<>();

    TimeTravel(Time time) {
      this.time = time;
    }

    @Override
    public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
      String selection = selection(request, query);
      return switch (request.verb()) {
        case "list" -> list(selection);
        case "watch" -> watch(selection);
        default -> Treatment.PASSES;
      };
    }

    private Treatment list(String selection) {
      return back.contains(selection)
          ? new Treatment.Answered(200, "application/json", past.get(selection), 0)
          : new Treatment.Observed(answer -> past.putIfAbsent(selection, answer));
    }

    private Treatment watch(String selection) {
      if (back.remove(selection)) {
        return new Treatment.Viewed(out -> new Held(time, out, REPLAY, _ -> true));
      }
      if (!past.containsKey(selection) || !travelled.add(selection)) {
        return Treatment.PASSES;
      }
      return new Treatment.Viewed(out -> new Passing(out) {
        private int events;

        @Override
        void event(String line) {
          out.send(line);
          if (++events == EVENTS) {
            back.add(selection);
            out.send(TOO_OLD);
            out.end();
          }
        }
      });
    }
  }
}
