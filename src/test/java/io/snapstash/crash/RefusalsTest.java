package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Servers that refuse one kind of request for good, each kind that a backup takes of the operator or of a Job in a run of
 * its own: what cannot be done is told, and not tried without end.
 */
@Tag("faults")
class RefusalsTest {
  private static final String WORDS = "not for you";
  /** Attempts at one thing within some twenty minutes. */
  private static final int MOST_ATTEMPTS = 40;
  private static final int LEAST_KINDS = 20;
  private static final List<Integer> CODES = List.of(403, 422, 404, 409, 500);

  private static CrashStory backup() {
    return CrashStories.withStorage(CrashStories.withClaim(CrashStory.named("refusals")))
        .then("the run is over", run -> run.apply(ABackup.ofClaim("b", "source").timeout("4m").manifests()),
            run -> run.list(BACKUP_SESSIONS).stream().anyMatch(each ->
                List.of("Succeeded", "Failed").contains(CrashRun.phase(each))));
  }

  private static String kind(RequestLog.Entry request, Mortal sender) {
    return sender.kind() + " " + request.what();
  }

  /** What a backup asks for. Lists and watches of the operator are views, see {@link ViewsTest}. */
  private static List<String> kinds() {
    Set<String> met = new ConcurrentSkipListSet<>();
    Weather listening = new Weather() {
      @Override
      public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
        met.add(kind(request, sender));
        return Treatment.PASSES;
      }
    };
    Telling.of(backup(), List.of(Plight.of("listening", _ -> listening)));
    return met.stream().filter(each -> !each.matches("operator (list|watch) .*")).toList();
  }

  private static Plight refusing(String kind, int code) {
    Treatment refused = Faults.refused(code, reason(code), WORDS, 0);
    return Plight.of(kind + " " + code, _ -> new Weather() {
      @Override
      public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
        return kind(request, sender).equals(kind) ? refused : Treatment.PASSES;
      }
    });
  }

  private static String reason(int code) {
    return switch (code) {
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 422 -> "Invalid";
      default -> "InternalError";
    };
  }

  @Test
  void whatIsRefusedForGoodIsToldAndNotTriedWithoutEnd() {
    List<String> kinds = kinds();
    assertThat(kinds).hasSizeGreaterThan(LEAST_KINDS);
    // Two of the codes each, in turns; all of them would tell the same at more than twice the time.
    List<Plight> plights = IntStream.range(0, 2 * kinds.size())
        .mapToObj(index -> refusing(kinds.get(index % kinds.size()), CODES.get(index % CODES.size()))).toList();
    List<String> wrong = new ArrayList<>();
    for (int from = 0; from < plights.size(); from += Telling.AT_ONCE) {
      Telling.of(backup(), plights.subList(from, Math.min(plights.size(), from + Telling.AT_ONCE)))
          .forEach(run -> judge(run, wrong));
    }
    assertThat(wrong).as("of %s kinds of requests", plights.size()).isEmpty();
  }

  private static void judge(Telling.Told run, List<String> wrong) {
    boolean done = run.failure().isEmpty();
    boolean told = run.end().values().stream().anyMatch(look -> look.contains(WORDS));
    boolean succeeded = run.end().entrySet().stream().anyMatch(each -> each.getKey().startsWith("BackupSession")
        && each.getValue().contains("\"phase\":\"Succeeded\""));
    Set<String> warnings = run.end().entrySet().stream().filter(each -> each.getKey().startsWith("Event ")
        && each.getValue().equals("Warning")).map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
    String how = run.plight().name() + ": " + run.strikes() + " attempts, " + (succeeded ? "succeeded" : done ? "failed"
        : "not over") + ", " + (told ? "told" : "not told") + ", " + warnings;
    System.out.println("refusal " + how);
    if (run.strikes() > MOST_ATTEMPTS || !succeeded && !told && warnings.isEmpty()) {
      wrong.add(how);
    }
  }
}
