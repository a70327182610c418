package io.snapstash.controller.backupconfiguration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.Session;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.template.JobRequest;
import io.snapstash.domain.template.TriggerCronJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The CronJob of one session, with a mark that tells whether an existing one was made from the same content. */
final class SessionCronJob {
  /** A trigger creates one object; if that takes longer, another try is better. */
  private static final Duration TRIGGER_DEADLINE = Duration.ofMinutes(10);

  private SessionCronJob() {}

  static ObjectNode of(BackupConfigurationFacts facts, Session session) {
    BackupConfiguration configuration = facts.configuration();
    OffshootLabels.Owner owner = new OffshootLabels.Owner(configuration.getKind(),
        configuration.getMetadata().getNamespace(), configuration.getMetadata().getName(),
        Metadata.labels(configuration));
    JobRequest request = new JobRequest(configuration.getMetadata().getNamespace(),
        Schedules.cronJobName(configuration, session),
        new JobRequest.Owner(configuration.getApiVersion(), configuration.getKind(),
            configuration.getMetadata().getName(), configuration.getMetadata().getUid()),
        "trigger", OffshootLabels.ofSession(owner, session.name(), Labels.COMPONENT_BACKUP), facts.trigger().image(),
        JobAccounts.TRIGGER.accountName(), facts.trigger().proxyEnvironment(), TRIGGER_DEADLINE, Optional.empty(),
        facts.trigger().requests());
    TriggerCronJob.Trigger trigger = new TriggerCronJob.Trigger(configuration.getMetadata().getName(), session.name(),
        session.retryConfig() == null || session.retryConfig().maxRetry() == null
            ? 0 : session.retryConfig().maxRetry(),
        Optional.ofNullable(session.backupTimeout()), Schedules.isSuspended(facts, session));
    ObjectNode cronJob = TriggerCronJob.render(
        Schedules.schedule(session).orElseThrow(), session.scheduler(), trigger, request);
    String content = UUID.nameUUIDFromBytes(cronJob.toString().getBytes(StandardCharsets.UTF_8)).toString();
    cronJob.withObject("/metadata/annotations").put(Schedules.CONTENT, content);
    return cronJob;
  }
}
