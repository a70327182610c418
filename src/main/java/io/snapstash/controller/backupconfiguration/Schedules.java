package io.snapstash.controller.backupconfiguration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Conditions;
import io.snapstash.api.Json;
import io.snapstash.api.Session;
import io.snapstash.api.SessionStatus;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.schedule.Schedule;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.MergePatch;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One CronJob per session (behaviour 6.4): made, brought in step, removed with its session. */
final class Schedules {
  /** What the CronJob was made from: the API server fills in defaults, so specs themselves cannot be compared. */
  static final String CONTENT = "snapstash.io/content";

  private Schedules() {}

  static List<Effect> effects(BackupConfigurationFacts facts) {
    List<Effect> effects = new ArrayList<>();
    for (Session session : ConfigurationParts.sessions(facts.configuration())) {
      ObjectNode wanted = SessionCronJob.of(facts, session);
      Optional<CronJob> present = present(facts, session);
      if (present.isEmpty()) {
        effects.add(new Effect.Create(ResourceTypes.CRON_JOBS, facts.configuration().getMetadata().getNamespace(),
            wanted, new Proof.ControlledBy(facts.configuration().getMetadata().getUid())));
      } else if (!inStep(present.get(), wanted)) {
        effects.add(new Effect.Patch(ResourceTypes.CRON_JOBS, Metadata.key(present.get()),
            update(present.get(), wanted)));
      }
    }
    Set<String> names = ConfigurationParts.sessions(facts.configuration()).stream()
        .map(session -> cronJobName(facts.configuration(), session)).collect(Collectors.toSet());
    facts.cronJobs().stream().filter(job -> !names.contains(job.getMetadata().getName()))
        .filter(job -> !Metadata.isDeleting(job))
        .forEach(job -> effects.add(new Effect.Delete(ResourceTypes.CRON_JOBS, Metadata.key(job),
            DeleteOptions.exactly(job.getMetadata().getUid()))));
    return effects;
  }

  /** A merge patch keeps what it does not name, so the spec is named whole; defaults are filled in again. */
  private static ObjectNode update(CronJob present, ObjectNode wanted) {
    ObjectNode patch = wanted.deepCopy();
    MergePatch.between(Json.MAPPER.valueToTree(present.getSpec()), wanted.get("spec"))
        .ifPresent(spec -> patch.set("spec", spec));
    return patch;
  }

  /** What a person may have changed by hand counts too, where it decides whether backups run. */
  private static boolean inStep(CronJob present, ObjectNode wanted) {
    return Metadata.annotation(present, CONTENT).equals(
            wanted.at("/metadata/annotations").path(CONTENT).asText())
        && Objects.equals(present.getSpec().getSchedule(), wanted.at("/spec/schedule").asText())
        && Boolean.TRUE.equals(present.getSpec().getSuspend()) == wanted.at("/spec/suspend").asBoolean();
  }

  private static Optional<CronJob> present(BackupConfigurationFacts facts, Session session) {
    String name = cronJobName(facts.configuration(), session);
    return facts.cronJobs().stream().filter(job -> job.getMetadata().getName().equals(name)).findFirst();
  }

  static String cronJobName(BackupConfiguration configuration, Session session) {
    return Names.cronJob(configuration.getMetadata().getName(), session.name());
  }

  /** The statuses once the effects are done. */
  static List<SessionStatus> statuses(BackupConfigurationFacts facts) {
    return ConfigurationParts.sessions(facts.configuration()).stream().map(session -> new SessionStatus(
        session.name(), next(facts, session).map(Instant::toString).orElse(null),
        before(facts, session).withTrue(Conditions.SCHEDULER_ENSURED, Conditions.SCHEDULER_ENSURED, "",
            facts.now()).items())).toList();
  }

  /** The statuses when an effect failed: told at the session that it was for, or at all if it was for all. */
  static List<SessionStatus> failed(BackupConfigurationFacts facts, Effect failed, String message) {
    ResourceKey about = failed instanceof Effect.Create create ? create.key()
        : failed instanceof Effect.Patch patch ? patch.key() : new ResourceKey("", "");
    boolean run = failed instanceof Effect.Create create && create.type() == ResourceTypes.BACKUP_SESSIONS;
    return ConfigurationParts.sessions(facts.configuration()).stream().map(session -> {
      ConditionSet conditions = before(facts, session);
      boolean concerned = run ? conditions.find(Conditions.INITIAL_BACKUP_TRIGGERED)
              .filter(condition -> about.name().equals(condition.message())).isPresent()
          : !failed.getClass().equals(Effect.Create.class) || !isCronJob(failed)
              || about.name().equals(cronJobName(facts.configuration(), session));
      if (!concerned || run) {
        return new SessionStatus(session.name(), before(facts.configuration(), session.name())
            .map(SessionStatus::nextSchedule).orElse(null), conditions.items());
      }
      return new SessionStatus(session.name(), null, conditions.withFalse(Conditions.SCHEDULER_ENSURED,
          Conditions.SCHEDULER_NOT_ENSURED, message, facts.now()).items());
    }).toList();
  }

  private static boolean isCronJob(Effect effect) {
    return effect instanceof Effect.Create create && create.type() == ResourceTypes.CRON_JOBS;
  }

  private static ConditionSet before(BackupConfigurationFacts facts, Session session) {
    return ConditionSet.of(before(facts.configuration(), session.name())
        .map(SessionStatus::conditions).orElse(List.of()));
  }

  private static Optional<SessionStatus> before(BackupConfiguration configuration, String session) {
    return Optional.ofNullable(ConfigurationParts.status(configuration).sessions()).orElse(List.of()).stream()
        .filter(status -> session.equals(status.name())).findFirst();
  }

  static boolean isSuspended(BackupConfigurationFacts facts, Session session) {
    return Boolean.TRUE.equals(facts.configuration().getSpec().paused())
        || Boolean.TRUE.equals(session.scheduler().suspend()) || facts.restoring().isPresent();
  }

  private static Optional<Instant> next(BackupConfigurationFacts facts, Session session) {
    if (isSuspended(facts, session)) {
      return Optional.empty();
    }
    return schedule(session).flatMap(found -> found.expression().startsWith("@every")
        ? nextInterval(facts, session, found) : found.next(facts.now()));
  }

  /** An interval counts from the last run, or from the CronJob's creation; it would never pass if it did from now. */
  private static Optional<Instant> nextInterval(BackupConfigurationFacts facts, Session session, Schedule schedule) {
    Instant from = present(facts, session).map(job -> Instant.parse(
        job.getStatus() != null && job.getStatus().getLastScheduleTime() != null
            ? job.getStatus().getLastScheduleTime() : job.getMetadata().getCreationTimestamp())).orElse(facts.now());
    Optional<Instant> next = schedule.next(from);
    while (next.isPresent() && !next.get().isAfter(facts.now())) {
      next = schedule.next(next.get());
    }
    return next;
  }

  static Optional<Schedule> schedule(Session session) {
    return Schedule.read(session.scheduler().schedule()) instanceof Schedule.Reading.Accepted(Schedule schedule)
        ? Optional.of(schedule) : Optional.empty();
  }

  /** nextSchedule is part of the status, so the next pass is due when it has passed. */
  /** When the next slot changes the status, or sooner if something else asks for it. */
  static Requeue untilNext(BackupConfigurationFacts facts, Optional<Duration> sooner) {
    Stream<Duration> slots = ConfigurationParts.sessions(facts.configuration()).stream()
        .flatMap(session -> next(facts, session).stream()).map(next -> Duration.between(facts.now(), next));
    return Stream.concat(slots, sooner.stream()).min(Duration::compareTo).map(Requeue::after)
        .orElse(Requeue.settled());
  }
}
