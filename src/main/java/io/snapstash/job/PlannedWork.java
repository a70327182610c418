package io.snapstash.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import io.vertx.core.Future;
import java.util.function.Function;
import org.slf4j.Logger;

/** The frame of a command that carries out what the operator has planned: read the plan, do it, tell by exit code. */
final class PlannedWork {
  private PlannedWork() {}

  /** @return an exit code of {@link JobExit} */
  static <P> int run(JobContext context, Class<P> type, Logger log, Function<P, Future<Integer>> work) {
    String json = context.environment().get(JobContext.PLAN);
    if (json == null) {
      log.error("no plan: this command runs in a Job that the operator made, which hands it over in {}",
          JobContext.PLAN);
      return JobExit.WRONG_USAGE;
    }
    try {
      P plan = Json.MAPPER.readValue(json, type);
      return Failures.exitCode(log, () -> work.apply(plan));
    } catch (JsonProcessingException unreadable) {
      log.error("the plan in {} cannot be read: {}", JobContext.PLAN, unreadable.getOriginalMessage());
      return JobExit.WRONG_USAGE;
    }
  }
}
