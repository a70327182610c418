package io.snapstash.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.AddonInfo;
import io.snapstash.api.AddonTask;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.Json;
import io.snapstash.api.ParameterDefinition;
import io.snapstash.api.SchedulerSpec;
import io.snapstash.api.TaskReference;
import io.snapstash.domain.schedule.Schedule;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobRenderingTest {
  private static final String FUNCTION = """
      args: [backup, '--namespace=${namespace:=default}', '--backupsession=${backupSession:=}',
        '--volume-snapshot-class-name=${volumeSnapshotClassName:=}']
      runtimeSettings: {env: [{name: A, value: function}, {name: B, value: function}]}
      """;
  private static final JobRequest REQUEST = new JobRequest("demo", "run-1705402801",
      new JobRequest.Owner("core.kubestash.com/v1alpha1", "BackupSession", "run-1705402801", "u-1"), "backup",
      Map.of("kubestash.com/invoker-name", "run-1705402801"), "snapstash/snapstash:1", "snapstash-backup",
      Map.of("SNAPSTASH_PLAN", "{\"a\":\"$(HOME)\"}"), Duration.ofMinutes(10), Optional.empty(),
      Map.of("cpu", "50m", "memory", "96Mi"));

  @Test
  void aBackupJobMeetsPodSecurityRestricted() {
    JsonNode job = job(FUNCTION, "{name: pvc-addon}", "{name: volume-snapshot, params: {volumeSnapshotClassName: csi}}");

    assertThat(job.at("/spec/template/spec/containers/0/args")).extracting(JsonNode::asText).containsExactly(
        "backup", "--namespace=demo", "--backupsession=run-1705402801", "--volume-snapshot-class-name=csi");
    assertThat(job.at("/spec/template/spec/containers/0/image").asText()).isEqualTo("snapstash/snapstash:1");
    assertThat(job.at("/spec/template/spec/containers/0/securityContext")).isEqualTo(yaml("""
        runAsNonRoot: true
        runAsUser: 65534
        runAsGroup: 65534
        seccompProfile: {type: RuntimeDefault}
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
        """));
    assertThat(job.at("/spec/template/spec/restartPolicy").asText()).isEqualTo("Never");
    assertThat(job.at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("snapstash-backup");
    assertThat(job.at("/spec/template/spec/containers/0/volumeMounts")).isEqualTo(yaml("""
        - {name: tmp, mountPath: /tmp}
        - {name: kubestash-tmp-volume, mountPath: /kubestash-tmp}
        """));
  }

  @Test
  void aContainerRequestsWhatWasMeasuredUnlessAnybodySaysWhatItNeeds() {
    JsonNode plain = job(FUNCTION, "{name: pvc-addon}", "{name: volume-snapshot}");
    JsonNode said = job(FUNCTION, "{name: pvc-addon, containerRuntimeSettings: {resources: {limits: {memory: 1Gi}}}}",
        "{name: volume-snapshot}");

    assertThat(plain.at("/spec/template/spec/containers/0/resources"))
        .isEqualTo(yaml("{requests: {cpu: 50m, memory: 96Mi}}"));
    assertThat(said.at("/spec/template/spec/containers/0/resources")).isEqualTo(yaml("{limits: {memory: 1Gi}}"));
  }

  @Test
  @Rule("behaviour 7.7")
  void aJobGivesUpWhereTryingAgainIsNoUse() {
    JsonNode spec = job(FUNCTION, "{name: pvc-addon}", "{name: volume-snapshot}").get("spec");

    assertThat(spec.get("backoffLimit").asInt()).isEqualTo(2);
    assertThat(spec.get("activeDeadlineSeconds").asInt()).isEqualTo(600);
    assertThat(spec.get("podFailurePolicy")).isEqualTo(yaml("""
        rules:
        - action: Ignore
          onPodConditions: [{type: DisruptionTarget, status: 'True'}]
        - action: FailJob
          onExitCodes: {containerName: backup, operator: In, values: [64, 65]}
        """));
  }

  @Test
  void jobAndPodCarryOurLabelsAndTheOwner() {
    JsonNode job = job(FUNCTION, """
        name: pvc-addon
        jobTemplate:
          metadata: {labels: {kubestash.com/invoker-name: mine, team: a}, annotations: {note: pod}}
          controller: {labels: {team: b}, annotations: {note: job}}
        """, "{name: volume-snapshot}");

    assertThat(job.at("/metadata/labels")).isEqualTo(yaml("{team: b, kubestash.com/invoker-name: run-1705402801}"));
    assertThat(job.at("/metadata/annotations")).isEqualTo(yaml("{note: job}"));
    assertThat(job.at("/spec/template/metadata")).isEqualTo(yaml(
        "{labels: {kubestash.com/invoker-name: run-1705402801, team: a}, annotations: {note: pod}}"));
    assertThat(job.at("/metadata/ownerReferences/0")).isEqualTo(yaml("""
        {apiVersion: core.kubestash.com/v1alpha1, kind: BackupSession, name: run-1705402801, uid: u-1,
        controller: true, blockOwnerDeletion: true}"""));
  }

  @Test
  void strongerSettingsReplaceWeakerOnesAndEnvironmentMergesByName() {
    JsonNode job = job(FUNCTION, """
        name: pvc-addon
        containerRuntimeSettings:
          resources: {limits: {cpu: '1'}}
          env: [{name: B, value: addon}]
          envFrom: [{secretRef: {name: s}}]
          nice: {adjustment: 5}
        jobTemplate:
          spec:
            serviceAccountName: mine
            resources: {limits: {cpu: '2'}}
            env: [{name: C, value: template}, {name: SNAPSTASH_PLAN, value: forged}]
            tolerations: [{operator: Exists}]
            volumes: [{name: tmp, emptyDir: {medium: Memory}}]
        """, "{name: volume-snapshot}");

    JsonNode container = job.at("/spec/template/spec/containers/0");
    assertThat(container.get("env")).isEqualTo(yaml("""
        - {name: A, value: function}
        - {name: B, value: addon}
        - {name: NICE_ADJUSTMENT, value: '5'}
        - {name: C, value: template}
        - {name: SNAPSTASH_PLAN, value: '{"a":"$$(HOME)"}'}
        """));
    assertThat(container.at("/resources/limits/cpu").asText()).isEqualTo("2");
    assertThat(container.at("/envFrom/0/secretRef/name").asText()).isEqualTo("s");
    assertThat(job.at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("mine");
    assertThat(job.at("/spec/template/spec/tolerations/0/operator").asText()).isEqualTo("Exists");
    assertThat(job.at("/spec/template/spec/volumes/0/emptyDir/medium").asText()).isEqualTo("Memory");
  }

  @Test
  void theUserDecidesAboutSecurityContexts() {
    JsonNode pod = job(FUNCTION, """
        {name: a, jobTemplate: {spec: {securityContext: {runAsUser: 0}}}}""", "{name: t}").at("/spec/template/spec");

    assertThat(pod.get("securityContext")).isEqualTo(yaml("{runAsUser: 0}"));
    assertThat(pod.at("/containers/0/securityContext").has("runAsUser")).isFalse();
    assertThat(pod.at("/containers/0/securityContext").has("runAsNonRoot")).isFalse();
    assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");

    JsonNode own = job(FUNCTION, """
        {name: a, containerRuntimeSettings: {securityContext: {runAsUser: 7}}}""", "{name: t}");
    assertThat(own.at("/spec/template/spec/containers/0/securityContext")).isEqualTo(yaml("{runAsUser: 7}"));
  }

  @Test
  void secretsReachTheContainerAndNoArgument() {
    JsonNode job = job("args: ['--password=${password}']", "{name: a}",
        "{name: t, variables: [{name: password, valueFrom: {secretKeyRef: {name: s, key: k}}}]}");

    assertThat(job.at("/spec/template/spec/containers/0/args/0").asText()).isEqualTo("--password=$(password)");
    assertThat(job.at("/spec/template/spec/containers/0/env/0")).isEqualTo(
        yaml("{name: password, valueFrom: {secretKeyRef: {name: s, key: k}}}"));
  }

  @Test
  void whatIsMissingIsToldAtOnce() {
    assertThat(message("args: ['${a}', '${b}']", "{name: t}", List.of())).isEqualTo("Function f: no value for a, b");
    assertThat(message("{}", "{name: t}", List.of(new ParameterDefinition("p", null, true, null))))
        .isEqualTo("no value for the required parameters p of task t");
  }

  @Test
  void theStrongestValueOfANameCounts() {
    TaskVariables variables = TaskVariables.of(Map.of("namespace", "demo"),
        read("""
            params: {namespace: x, p: 1, list: [a, 2], map: {k: v}, none: null, on: true}
            variables: [{name: p, valueFrom: {secretKeyRef: {}}}, {name: v, value: var}, {name: d, value: ''}]
            """, TaskReference.class),
        List.of(new ParameterDefinition("v", null, true, "default"), new ParameterDefinition("d", null, true, "default"),
            new ParameterDefinition("e", null, false, "default"), new ParameterDefinition("none", null, true, null)));

    assertThat(variables.values()).containsOnly(Map.entry("namespace", "demo"), Map.entry("p", "1"),
        Map.entry("list", "a,2"), Map.entry("map", "{\"k\":\"v\"}"), Map.entry("on", "true"), Map.entry("v", "var"),
        Map.entry("d", ""), Map.entry("e", "default"));
    assertThat(variables.environment()).isEmpty();
    assertThat(variables.missing()).containsExactly("none");
  }

  @Test
  void volumesOfATaskMayBeReplaced() {
    AddonTask task = read("""
        name: t
        function: f
        volumeTemplate:
        - {name: interim, source: {emptyDir: {}}}
        - {name: claim, source: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce]}}}}
        volumeMounts: [{name: '${INTERIM:=interim}', mountPath: /interim}]
        """, AddonTask.class);
    TaskReference reference = read("""
        {name: t, addonVolumes: [{name: interim, source: {persistentVolumeClaim: {claimName: big}}}]}""",
        TaskReference.class);

    JsonNode pod = rendered(new ResolvedTask(reference, task, read("{}", FunctionSpec.class)), "{name: a}", reference)
        .at("/spec/template/spec");

    assertThat(pod.at("/volumes/2")).isEqualTo(yaml("{persistentVolumeClaim: {claimName: big}, name: interim}"));
    assertThat(pod.at("/volumes/3/ephemeral/volumeClaimTemplate/spec/accessModes/0").asText()).isEqualTo("ReadWriteOnce");
    assertThat(pod.at("/containers/0/volumeMounts/2")).isEqualTo(yaml("{name: interim, mountPath: /interim}"));
  }

  @Test
  void aCronJobTellsItsPodEverythingThatARunNeeds() {
    Schedule schedule = ((Schedule.Reading.Accepted) Schedule.read("CRON_TZ=Asia/Dhaka */5 * * * *")).schedule();
    SchedulerSpec scheduler = read("""
        schedule: ignored
        concurrencyPolicy: Forbid
        failedJobsHistoryLimit: 0
        jobTemplate: {backoffLimit: 4, template: {spec: {args: [no], nodeSelector: {disk: ssd}}}}
        """, SchedulerSpec.class);

    JsonNode cronJob = TriggerCronJob.render(schedule, scheduler,
        new TriggerCronJob.Trigger("orders", "nightly", 2, Optional.of("1h"), true), REQUEST);

    assertThat(cronJob.at("/spec/schedule").asText()).isEqualTo("*/5 * * * *");
    assertThat(cronJob.at("/spec/timeZone").asText()).isEqualTo("Asia/Dhaka");
    assertThat(cronJob.at("/spec/suspend").asBoolean()).isTrue();
    assertThat(cronJob.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(cronJob.at("/spec/failedJobsHistoryLimit").asInt(-1)).isZero();
    assertThat(cronJob.at("/spec/jobTemplate/metadata")).isEqualTo(
        yaml("{labels: {kubestash.com/invoker-name: run-1705402801}}"));
    assertThat(cronJob.at("/spec/jobTemplate/spec/backoffLimit").asInt()).isEqualTo(4);
    JsonNode pod = cronJob.at("/spec/jobTemplate/spec/template/spec");
    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("ssd");
    assertThat(pod.at("/containers/0/args")).extracting(JsonNode::asText).containsExactly("trigger",
        "--namespace=demo", "--invoker=orders", "--session=nightly", "--retry-left=2", "--backup-timeout=1h");
    assertThat(pod.at("/containers/0/env/0")).isEqualTo(yaml("""
        {name: TRIGGER_JOB_NAME,
        valueFrom: {fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-name']"}}}"""));
  }

  private static JsonNode job(String function, String addon, String reference) {
    TaskReference task = read(reference, TaskReference.class);
    return rendered(new ResolvedTask(task, read("{name: t, function: f}", AddonTask.class),
        read(function, FunctionSpec.class)), addon, task);
  }

  private static JsonNode rendered(ResolvedTask task, String addon, TaskReference reference) {
    TaskVariables variables = TaskVariables.of(
        BuiltIns.ofBackup("demo", "run-1705402801", "BackupConfiguration", "orders", "t"), reference, List.of());
    TaskJob.Rendering rendering = TaskJob.render(task, read(addon, AddonInfo.class), variables, REQUEST);
    assertThat(rendering).isInstanceOf(TaskJob.Rendering.Rendered.class);
    return yaml(((TaskJob.Rendering.Rendered) rendering).job().toString());
  }

  private static String message(String function, String reference, List<ParameterDefinition> parameters) {
    TaskReference task = read(reference, TaskReference.class);
    ResolvedTask resolved = new ResolvedTask(task, read("{name: t, function: f}", AddonTask.class),
        read(function, FunctionSpec.class));
    TaskJob.Rendering rendering = TaskJob.render(resolved, read("{name: a}", AddonInfo.class),
        TaskVariables.of(Map.of(), task, parameters), REQUEST);
    return ((TaskJob.Rendering.Unresolvable) rendering).message();
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  private static JsonNode yaml(String text) {
    return read(text, JsonNode.class);
  }
}
