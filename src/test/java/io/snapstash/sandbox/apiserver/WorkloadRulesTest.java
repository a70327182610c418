package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of a workload, and what it lets nobody change. */
class WorkloadRulesTest extends ApiStory {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String SELECTOR = "'selector':{'matchLabels':{'app':'a'}}";
  private static final String TEMPLATE = "'template':{'metadata':{'labels':{'app':'a'}},"
      + "'spec':{'containers':[{'name':'c','image':'i:1'}]}}";
  private static final String CLAIMS = "'volumeClaimTemplates':[{'metadata':{'name':'d'},'spec':{"
      + "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]";

  private static String workload(String spec) {
    return "{'metadata':{'name':'a'},'spec':{" + spec + "}}";
  }

  @Test
  void fillsInADeployment() throws Exception {
    JsonNode spec = create(APPS + "deployments", workload(SELECTOR + "," + TEMPLATE)).at("/spec");
    assertThat(spec.path("replicas").asInt()).isEqualTo(1);
    assertThat(spec.path("strategy").toString())
        .isEqualTo("{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}");
    assertThat(spec.path("revisionHistoryLimit").asInt()).isEqualTo(10);
    assertThat(spec.path("progressDeadlineSeconds").asInt()).isEqualTo(600);
    assertThat(spec.at("/template/spec/restartPolicy").asText()).isEqualTo("Always");
    assertThat(spec.at("/template/spec/containers/0/imagePullPolicy").asText()).isEqualTo("IfNotPresent");
  }

  @Test
  void fillsInAStatefulSetAndItsClaims() throws Exception {
    JsonNode spec = create(APPS + "statefulsets", workload(SELECTOR + "," + TEMPLATE + "," + CLAIMS)).at("/spec");
    assertThat(spec.path("replicas").asInt()).isEqualTo(1);
    assertThat(spec.path("podManagementPolicy").asText()).isEqualTo("OrderedReady");
    assertThat(spec.at("/persistentVolumeClaimRetentionPolicy/whenDeleted").asText()).isEqualTo("Retain");
    assertThat(spec.at("/volumeClaimTemplates/0/spec/volumeMode").asText()).isEqualTo("Filesystem");
    assertThat(spec.at("/volumeClaimTemplates/0/kind").asText()).isEqualTo("PersistentVolumeClaim");
  }

  @Test
  void fillsInADaemonSet() throws Exception {
    JsonNode set = create(APPS + "daemonsets", workload(SELECTOR + "," + TEMPLATE)).json();
    assertThat(set.path("spec").has("replicas")).isFalse();
    assertThat(set.at("/spec/updateStrategy/rollingUpdate/maxUnavailable").asInt()).isEqualTo(1);
    assertThat(set.at("/status/desiredNumberScheduled").isInt()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployments", "statefulsets", "daemonsets", "replicasets"})
  void wantsASelectorThatFindsItsPods(String plural) throws Exception {
    String stranger = SELECTOR.replace("'a'", "'b'");
    String text = "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: "
        + "`selector` does not match template `labels`";
    assertThat(create(APPS + plural, workload(stranger + "," + TEMPLATE)).causes()).containsExactly(text);
    assertThat(create(APPS + plural, workload(TEMPLATE)).causes()).contains(text);
    assertThat(create(APPS + plural, workload("'selector':{}," + TEMPLATE)).causes()).singleElement().asString()
        .startsWith("spec.selector: Invalid value: {}: empty selector is invalid");
    String expression = "'selector':{'matchExpressions':[{'key':'app','operator':'In','values':['a','b']}]}";
    assertThat(create(APPS + plural, workload(expression + "," + TEMPLATE)).code()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployments", "statefulsets", "daemonsets", "replicasets"})
  void keepsItsSelector(String plural) throws Exception {
    String path = APPS + plural + "/a";
    create(APPS + plural, workload(SELECTOR + "," + TEMPLATE));
    assertThat(patch(path, "{'spec':{'selector':{'matchLabels':{'x':'y'}},"
        + "'template':{'metadata':{'labels':{'x':'y'}}}}}").code()).isEqualTo(422);
    assertThat(patch(path, "{'spec':{'template':{'spec':{'dnsPolicy':'Default'}}}}").at("/metadata/generation").asInt())
        .isEqualTo(2);
  }

  @Test
  void keepsTheClaimTemplatesOfAStatefulSet() throws Exception {
    create(APPS + "statefulsets", workload(SELECTOR + "," + TEMPLATE + "," + CLAIMS));
    Reply larger = patch(APPS + "statefulsets/a", "{'spec':{" + CLAIMS.replace("1Gi", "2Gi") + "}}");
    assertThat(larger.causes()).singleElement().asString()
        .startsWith("spec: Forbidden: updates to statefulset spec for fields other than 'replicas'");
    assertThat(patch(APPS + "statefulsets/a", "{'spec':{'replicas':3}}").code()).isEqualTo(200);
  }

  @Test
  void letsAStatefulSetMountTheClaimsOfItsTemplatesOnly() throws Exception {
    String mounting = TEMPLATE.replace("'i:1'", "'i:1','volumeMounts':[{'name':'d','mountPath':'/d'}]");
    assertThat(create(APPS + "statefulsets", workload(SELECTOR + "," + mounting)).causes())
        .containsExactly("spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"d\"");
    assertThat(create(APPS + "statefulsets", workload(SELECTOR + "," + mounting + "," + CLAIMS)).code()).isEqualTo(201);
    assertThat(create(APPS + "statefulsets", workload(SELECTOR + "," + TEMPLATE + ","
        + CLAIMS.replace("'accessModes':['ReadWriteOnce'],", ""))).causes()).containsExactly(
        "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required");
  }

  @Test
  void refusesPodsThatEndAndNegativeNumbers() throws Exception {
    assertThat(create(APPS + "deployments", workload("'replicas':-1," + SELECTOR + ","
        + TEMPLATE.replace("'containers'", "'restartPolicy':'Never','containers'"))).causes()).containsExactly(
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"");
  }
}
