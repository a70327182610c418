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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The run that is started as soon as a BackupConfiguration is Ready, once per session in the life of the object
 * (behaviour 6.5). Its name goes into the status one pass before the run is created, so that a crash between the two
 * finds the same name again.
 *
 * @param pending a name was chosen in this pass; the run follows in the next
 */
record FirstRun(List<SessionStatus> sessions, List<Effect> effects, boolean pending) {
  private static final String CHOSEN = "InitialBackupPending";

  static FirstRun of(BackupConfigurationFacts facts, BackupConfigurationStatus status) {
    List<SessionStatus> sessions = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    boolean pending = false;
    for (SessionStatus session : status.sessions()) {
      ConditionSet conditions = ConditionSet.of(session.conditions());
      Optional<Condition> triggered = conditions.find(Conditions.INITIAL_BACKUP_TRIGGERED);
      Optional<Session> configured = ConfigurationParts.sessions(facts.configuration()).stream()
          .filter(each -> each.name().equals(session.name())).findFirst();
      if (triggered.isEmpty() && configured.filter(each -> mayStart(facts, status, each)).isPresent()) {
        String name = Names.backupSession(
            facts.configuration().getMetadata().getName(), session.name(), facts.now());
        sessions.add(with(session, conditions.with(new Condition(Conditions.INITIAL_BACKUP_TRIGGERED, "Unknown", null,
            null, null, CHOSEN, name), facts.now())));
        pending = true;
      } else if (triggered.filter(each -> "Unknown".equals(each.status())).isPresent() && configured.isPresent()) {
        effects.add(create(facts.configuration(), configured.get(), triggered.get().message()));
        sessions.add(with(session, conditions.withTrue(Conditions.INITIAL_BACKUP_TRIGGERED,
            Conditions.SUCCESSFULLY_TRIGGERED_INITIAL_BACKUP, triggered.get().message(), facts.now())));
      } else {
        sessions.add(session);
      }
    }
    return new FirstRun(sessions, effects, pending);
  }

  private static boolean mayStart(BackupConfigurationFacts facts, BackupConfigurationStatus status, Session session) {
    return Phases.READY.equals(status.phase()) && !Boolean.TRUE.equals(facts.configuration().getSpec().paused())
        && !Boolean.TRUE.equals(session.scheduler().suspend()) && facts.restoring().isEmpty();
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
