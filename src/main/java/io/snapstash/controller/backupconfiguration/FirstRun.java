package io.snapstash.controller.backupconfiguration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.Session;
import io.snapstash.api.SessionStatus;
import io.snapstash.api.SessionStatusBuilder;
import io.snapstash.controller.BackupSessionManifest;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The run that is started as soon as a BackupConfiguration is Ready, once per session in the life of the object
 * (behaviour 6.5). Its name goes into the status one pass before the run is created, so that a crash between the two
 * finds the same name again. An application that was applied together with its BackupConfiguration is given a moment
 * to get its volumes, since a run fails for a claim that is not bound.
 *
 * @param again when to look again: at once if a name was chosen in this pass, later if claims are waited for
 */
record FirstRun(List<SessionStatus> sessions, List<Effect> effects, Optional<Duration> again) {
  private static final String CHOSEN = "InitialBackupPending";
  private static final String WAITING = "WaitingForClaims";
  /** How long after its creation a BackupConfiguration waits for claims; then the run says what is wrong with them. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static FirstRun of(BackupConfigurationFacts facts, BackupConfigurationStatus status) {
    List<SessionStatus> sessions = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    Optional<Duration> again = Optional.empty();
    for (SessionStatus session : status.sessions()) {
      ConditionSet conditions = ConditionSet.of(session.conditions());
      Optional<Condition> triggered = conditions.find(Conditions.INITIAL_BACKUP_TRIGGERED);
      Optional<Session> configured = ConfigurationParts.sessions(facts.configuration()).stream()
          .filter(each -> each.name().equals(session.name())).findFirst();
      if (isOpen(triggered) && configured.filter(each -> mayStart(facts, status, each)).isPresent()) {
        Duration patience = patience(facts);
        boolean waits = !facts.unbound().isEmpty() && patience.isPositive();
        again = again.isEmpty() || !waits ? Optional.of(waits ? patience : Duration.ZERO) : again;
        sessions.add(with(session, conditions.with(
            waits ? waiting(facts) : chosen(facts.configuration(), session.name(), facts.now()), facts.now())));
      } else if (triggered.filter(each -> CHOSEN.equals(each.reason())).isPresent() && configured.isPresent()) {
        effects.add(create(facts.configuration(), configured.get(), triggered.get().message()));
        sessions.add(with(session, conditions.withTrue(Conditions.INITIAL_BACKUP_TRIGGERED,
            Conditions.SUCCESSFULLY_TRIGGERED_INITIAL_BACKUP, triggered.get().message(), facts.now())));
      } else {
        sessions.add(session);
      }
    }
    return new FirstRun(sessions, effects, again);
  }

  /** Whether a first run is still to come, so that it matters which claims of the target are bound. */
  static boolean isDue(BackupConfiguration configuration) {
    if (Boolean.TRUE.equals(configuration.getSpec().paused())) {
      return false;
    }
    List<SessionStatus> known = Optional.ofNullable(ConfigurationParts.status(configuration).sessions())
        .orElse(List.of());
    return known.isEmpty() || known.stream().anyMatch(session ->
        isOpen(ConditionSet.of(session.conditions()).find(Conditions.INITIAL_BACKUP_TRIGGERED)));
  }

  private static boolean isOpen(Optional<Condition> triggered) {
    return triggered.map(condition -> WAITING.equals(condition.reason())).orElse(true);
  }

  private static Duration patience(BackupConfigurationFacts facts) {
    Instant created = Instant.parse(facts.configuration().getMetadata().getCreationTimestamp());
    return Duration.between(facts.now(), created.plus(PATIENCE));
  }

  private static Condition waiting(BackupConfigurationFacts facts) {
    return new Condition(Conditions.INITIAL_BACKUP_TRIGGERED, "Unknown", null, null, null, WAITING,
        "PersistentVolumeClaim " + String.join(", ", facts.unbound()) + " is not bound yet");
  }

  private static Condition chosen(BackupConfiguration configuration, String session, Instant now) {
    return new Condition(Conditions.INITIAL_BACKUP_TRIGGERED, "Unknown", null, null, null, CHOSEN,
        Names.backupSession(configuration.getMetadata().getName(), session, now));
  }

  private static boolean mayStart(BackupConfigurationFacts facts, BackupConfigurationStatus status, Session session) {
    return Phases.READY.equals(status.phase()) && !Boolean.TRUE.equals(facts.configuration().getSpec().paused())
        && !Boolean.TRUE.equals(session.scheduler().suspend()) && facts.restoring().isEmpty()
        && ConfigurationParts.repositories(session).stream().allMatch(info -> ConfigurationChecks
            .repository(facts, info.name()).filter(repository -> !Metadata.isDeleting(repository)).isPresent());
  }

  private static Effect create(BackupConfiguration configuration, Session session, String name) {
    ObjectNode run = BackupSessionManifest.of(configuration, session, name, "initial");
    return new Effect.Create(ResourceTypes.BACKUP_SESSIONS, configuration.getMetadata().getNamespace(), run,
        new Proof.Annotated(Labels.TRIGGER, "initial"));
  }

  private static SessionStatus with(SessionStatus session, ConditionSet conditions) {
    return SessionStatusBuilder.builder(session).conditions(conditions.items()).build();
  }
}
