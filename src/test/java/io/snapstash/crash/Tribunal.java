package io.snapstash.crash;

import io.snapstash.sandbox.apiserver.FaultPlan;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides about every request to the API server: knows whose it is, whether that process lives, and whether it is the
 * write at which something goes wrong.
 */
final class Tribunal {
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
  /** Reviews are questions, though they are posted. */
  private static final Set<String> QUESTIONS = Set.of("authentication.k8s.io", "authorization.k8s.io");

  private final Map<String, Mortal> processes = new ConcurrentHashMap<>();
  private Verdict last = Verdict.PASSES;

  /** To be called once, before anybody asks the server. The server asks about one request after the other. */
  void sitAt(FaultPlan faults) {
    faults.add(entry -> (last = verdict(entry)) == Verdict.NEVER_ARRIVES, new FaultPlan.What.ResetBeforeCommit(),
        Integer.MAX_VALUE);
    faults.add(_ -> last == Verdict.ANSWER_LOST, new FaultPlan.What.ResetAfterCommit(), Integer.MAX_VALUE);
  }

  /** As above, at a door in front of the server, where the weather of each run is seen to as well. */
  Treatment treat(RequestLog.Entry entry, MultiMap query) {
    Optional<Mortal> sender = senderOf(entry).filter(process -> !process.isDead());
    Treatment weather = sender.map(process -> process.run().struck(
        process.run().weather().toServer(entry, query, process))).orElse(Treatment.PASSES);
    return weather.equals(Treatment.PASSES) ? verdict(entry).onTheWire() : weather;
  }

  /** @param signature the user or the user agent of its requests */
  void know(String signature, Mortal process) {
    processes.put(signature, process);
  }

  /** Processes of the run that live, apart from operators. */
  List<Mortal> containersOf(CrashRun run) {
    return processes.values().stream().filter(process -> process.run() == run && !process.isDead()
        && !process.kind().equals("operator")).toList();
  }

  /** To be called when nobody sends anything any more but operators that live. */
  void forgetTheDead() {
    processes.values().removeIf(process -> process.isDead() || !process.kind().equals("operator"));
  }

  Optional<Mortal> senderOf(RequestLog.Entry entry) {
    return Optional.ofNullable(processes.get(entry.user())).or(() ->
        Optional.ofNullable(processes.get(entry.userAgent())));
  }

  /** The Lease is renewed for ever, at moments that mean nothing. */
  static boolean isWrite(RequestLog.Entry entry) {
    return (WRITES.contains(entry.verb()) || isExec(entry)) && !QUESTIONS.contains(entry.group())
        && !entry.resource().equals("leases");
  }

  static boolean isExec(RequestLog.Entry entry) {
    return entry.resource().equals("pods") && entry.subresource().equals("exec");
  }

  private Verdict verdict(RequestLog.Entry entry) {
    Optional<Mortal> sender = senderOf(entry);
    if (sender.isEmpty()) {
      return Verdict.PASSES;
    }
    if (sender.get().isDead()) {
      return Verdict.NEVER_ARRIVES;
    }
    if (!isWrite(entry)) {
      return Verdict.PASSES;
    }
    CrashRun run = sender.get().run();
    Verdict verdict = run.trouble().meet(entry.what() + " " + entry.name(), sender.get());
    if (isExec(entry) && verdict == Verdict.ANSWER_LOST) {
      // The stream is opened first, and breaks when the command has run.
      run.breakNextExec();
      return Verdict.PASSES;
    }
    return verdict;
  }
}
