package io.snapstash.domain.validation;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupHooks;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.SchedulerSpec;
import io.snapstash.api.Session;
import io.snapstash.domain.Absent;
import io.snapstash.domain.schedule.Schedule;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.List;

/** What makes a BackupConfiguration invalid (behaviour 12.4). Targets are not looked at. */
public final class BackupConfigurationRules {
  private final Violations found = new Violations();
  private final String namespace;
  private final BackupConfigurationSpec spec;
  private final UsageQuestion usage;

  private BackupConfigurationRules(String namespace, BackupConfigurationSpec spec, UsageQuestion usage) {
    this.namespace = namespace;
    this.spec = spec;
    this.usage = usage;
  }

  /**
   * Looks at the object and, for repositories and usage policies, at its surroundings.
   *
   * @param repositories of those that are known, at least the ones that bear a name or lie in a folder given here
   */
  public static List<Violation> check(
      String namespace, BackupConfigurationSpec spec, List<Repository> repositories, UsageQuestion usage) {
    BackupConfigurationRules rules = new BackupConfigurationRules(namespace, spec, usage);
    rules.backends();
    rules.sessions();
    new RepositoryRules(rules.found, namespace, spec, repositories).check();
    rules.usage();
    return rules.found.items();
  }

  private void backends() {
    List<BackendReference> backends = Absent.list(spec.backends());
    if (backends.isEmpty()) {
      found.add("spec.backends", Rule.REQUIRED, "",
          "must be set: name a BackupStorage, or give one that this namespace may use default: true");
    }
    found.unique("spec.backends[%d].name", backends.stream().map(item -> Absent.text(item.name())).toList());
    for (int i = 0; i < backends.size(); i++) {
      if (backends.get(i).retentionPolicy() == null) {
        found.add("spec.backends[" + i + "].retentionPolicy", Rule.REQUIRED, "",
            "must be set: name a RetentionPolicy, or give one that this namespace may use default: true");
      }
    }
    for (int i = 0; i < backends.size(); i++) {
      found.required("spec.backends[" + i + "].storageRef", backends.get(i).storageRef());
    }
  }

  private void sessions() {
    List<Session> sessions = Absent.list(spec.sessions());
    found.required("spec.sessions", sessions);
    for (int i = 0; i < sessions.size(); i++) {
      found.required("spec.sessions[" + i + "].name", sessions.get(i).name());
    }
    found.unique("spec.sessions[%d].name", sessions.stream().map(item -> Absent.text(item.name())).toList());
    for (int i = 0; i < sessions.size(); i++) {
      session("spec.sessions[" + i + "]", sessions.get(i));
    }
  }

  private void session(String field, Session session) {
    List<RepositoryInfo> repositories = Absent.list(session.repositories());
    found.unique(field + ".repositories[%d].name",
        repositories.stream().map(item -> Absent.text(item.name())).toList());
    scheduler(field + ".scheduler", session.scheduler());
    SharedRules.addon(found, field + ".addon", session.addon());
    found.required(field + ".repositories", repositories);
    List<String> backends = Absent.list(spec.backends()).stream().map(item -> Absent.text(item.name())).toList();
    for (int i = 0; i < repositories.size(); i++) {
      String place = field + ".repositories[" + i + "]";
      RepositoryInfo repository = repositories.get(i);
      found.required(place + ".name", repository.name());
      String backend = Absent.text(repository.backend());
      if (!backend.isEmpty() && !backends.contains(backend)) {
        found.add(place + ".backend", Rule.INVALID, backend, "'" + backend + "' is none of spec.backends");
      }
      found.required(place + ".directory", repository.directory());
    }
    found.duration(field + ".backupTimeout", session.backupTimeout());
    if (session.retryConfig() != null) {
      found.duration(field + ".retryConfig.delay", session.retryConfig().delay());
    }
  }

  private void scheduler(String field, SchedulerSpec scheduler) {
    if (found.required(field, scheduler)
        && Schedule.read(Absent.text(scheduler.schedule())) instanceof Schedule.Reading.Refused refused) {
      found.add(field + ".schedule", Rule.INVALID, scheduler.schedule(), refused.reason());
    }
  }

  private void usage() {
    List<BackendReference> backends = Absent.list(spec.backends());
    for (int i = 0; i < backends.size(); i++) {
      String field = "spec.backends[" + i + "]";
      SharedRules.usage(found, field + ".storageRef", UsageQuestion.Kind.BACKUP_STORAGE,
          backends.get(i).storageRef(), namespace, usage);
      SharedRules.usage(found, field + ".retentionPolicy", UsageQuestion.Kind.RETENTION_POLICY,
          backends.get(i).retentionPolicy(), namespace, usage);
    }
    List<Session> sessions = Absent.list(spec.sessions());
    for (int i = 0; i < sessions.size(); i++) {
      BackupHooks hooks = sessions.get(i).hooks();
      if (hooks != null) {
        String field = "spec.sessions[" + i + "].hooks";
        SharedRules.hooks(found, field + ".preBackup", hooks.preBackup(), namespace, usage);
        SharedRules.hooks(found, field + ".postBackup", hooks.postBackup(), namespace, usage);
      }
    }
  }
}
