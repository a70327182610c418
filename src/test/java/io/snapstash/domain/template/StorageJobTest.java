package io.snapstash.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.api.LocalBackend;
import io.snapstash.api.RuntimeSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageJobTest {
  private static final String CLAIM = "{persistentVolumeClaim: {claimName: catalogue}, mountPath: /data}";

  @Test
  void theJobMountsTheVolumeUnderTheNameOfItsStorage() {
    JsonNode pod = job("{nfs: {server: nfs, path: /x}, mountPath: /data, subPath: b}", "{}", false);

    assertThat(pod.at("/volumes/2")).isEqualTo(yaml("{name: volume, nfs: {server: nfs, path: /x}}"));
    assertThat(pod.at("/containers/0/volumeMounts/2"))
        .isEqualTo(yaml("{name: volume, mountPath: /data, subPath: b}"));
    assertThat(pod.at("/containers/0/args")).isEqualTo(yaml("[storage-init]"));
  }

  @Test
  void theJobMeetsPodSecurityRestrictedAndMayWriteToAFreshVolume() {
    JsonNode pod = job(CLAIM, "{}", false);

    assertThat(pod.get("securityContext")).isEqualTo(yaml("{runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534,"
        + " seccompProfile: {type: RuntimeDefault}, fsGroup: 65534}"));
    assertThat(pod.at("/containers/0/securityContext/capabilities")).isEqualTo(yaml("{drop: [ALL]}"));
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
  }

  @Test
  void onlyAJobThatAsksTheApiServerGetsAToken() {
    assertThat(job(CLAIM, "{}", false).get("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(job(CLAIM, "{}", true).get("automountServiceAccountToken").asBoolean()).isTrue();
  }

  @Test
  void theSettingsOfTheStorageWin() {
    JsonNode pod = job("{hostPath: {path: /srv}, mountPath: /data}", """
        pod: {securityContext: {runAsUser: 0}, nodeSelector: {disk: here}, serviceAccountName: mine}
        container: {resources: {limits: {memory: 1Gi}}}
        """, false);

    assertThat(pod.at("/securityContext")).isEqualTo(yaml("{runAsUser: 0}"));
    assertThat(pod.at("/containers/0/securityContext").has("runAsNonRoot")).isFalse();
    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("here");
    assertThat(pod.at("/serviceAccountName").asText()).isEqualTo("mine");
    assertThat(pod.at("/containers/0/resources")).isEqualTo(yaml("{limits: {memory: 1Gi}}"));
  }

  @ParameterizedTest
  @CsvSource({"backups, backups", "a.b.example, a-b-example", "tmp, tmp-storage"})
  void aVolumeHasANameThatKubernetesTakes(String storage, String name) {
    assertThat(StorageJob.volumeName(storage)).isEqualTo(name);
    assertThat(StorageJob.volumeName("s".repeat(200))).hasSize(63);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "restricted | {persistentVolumeClaim: {claimName: c}} | {}               | -",
      "restricted | {nfs: {server: s, path: /}}             | {}               | nfs",
      "restricted | {hostPath: {path: /srv}}                | {}               | hostPath",
      "restricted | {persistentVolumeClaim: {claimName: c}} | {runAsUser: 0}   | runAsUser 0",
      "baseline   | {nfs: {server: s, path: /}}             | {runAsUser: 0}   | -",
      "baseline   | {hostPath: {path: /srv}}                | {}               | hostPath",
      "privileged | {hostPath: {path: /srv}}                | {}               | -"})
  void aNamespaceThatForbidsTheVolumeIsKnownBeforeAJobIsMade(
      String level, String source, String security, String told) {
    StorageMount mount = StorageMount.of(backend(source));

    Optional<String> refusal =
        mount.refusal("demo", Map.of("pod-security.kubernetes.io/enforce", level), yaml(security));

    assertThat(refusal.orElse("")).contains(told == null ? "" : told);
    assertThat(refusal.isPresent()).isEqualTo(told != null);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "{mountPath: /data}                                            | exactly one volume source, it has none",
      "{mountPath: /d, nfs: {server: s}, hostPath: {path: /x}}       | exactly one volume source",
      "{mountPath: data, emptyDir: {}}                               | absolute path",
      "{mountPath: /tmp, emptyDir: {}}                               | absolute path",
      "{emptyDir: {}}                                                | absolute path",
      "{mountPath: /data, emptyDir: {}}                              | -"})
  void whatCannotBeMountedIsTold(String backend, String told) {
    Optional<String> objection = StorageMount.objection(backend(backend));

    assertThat(objection.orElse("")).contains(told == null ? "" : told);
    assertThat(objection.isPresent()).isEqualTo(told != null);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{persistentVolumeClaim: {claimName: c}} | true", "{secret: {secretName: s}} | true",
      "{csi: {driver: d}} | true", "{nfs: {server: s, path: /}} | false", "{hostPath: {path: /x}} | false"})
  void aSourceOfANamespaceIsMountedOnlyThere(String source, boolean namespaced) {
    assertThat(StorageMount.of(backend(source)).isNamespaced()).isEqualTo(namespaced);
  }

  private static JsonNode job(String backend, String settings, boolean asksApiServer) {
    JobRequest request = new JobRequest("demo", "init-volume",
        new JobRequest.Owner("storage.kubestash.com/v1alpha1", "BackupStorage", "volume", "u-1"), "storage",
        Map.of("app.kubernetes.io/component", "kubestash-initializer"), "snapstash/snapstash:1", "snapstash-storage",
        Map.of("SNAPSTASH_PLAN", "x"), Duration.ofMinutes(10), Optional.of(read(settings, RuntimeSettings.class)),
        Map.of());
    JsonNode job = StorageJob.render("volume", StorageMount.of(backend(backend)), "storage-init", asksApiServer, request);
    assertThat(job.at("/metadata/labels/app.kubernetes.io~1component").asText()).isEqualTo("kubestash-initializer");
    assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(3600);
    return job.at("/spec/template/spec");
  }

  private static LocalBackend backend(String yaml) {
    return read(yaml, LocalBackend.class);
  }

  private static JsonNode yaml(String text) {
    return read(text, JsonNode.class);
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(Json.YAML.readTree(text), type);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
