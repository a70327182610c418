package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What the server makes of a Pod. */
class PodRulesTest extends ApiStory {
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private static String pod(String spec) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{" + spec + "}}";
  }

  @Test
  void beginsPendingWithWhatWasLeftOut() throws Exception {
    JsonNode pod = create(PODS, pod("'containers':[{'name':'c','image':'i'}]")).json();
    assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");
    assertThat(pod.at("/status/qosClass").asText()).isEqualTo("BestEffort");
    JsonNode spec = pod.path("spec");
    assertThat(spec.path("restartPolicy").asText()).isEqualTo("Always");
    assertThat(spec.path("dnsPolicy").asText()).isEqualTo("ClusterFirst");
    assertThat(spec.path("terminationGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(spec.path("serviceAccountName").asText()).isEqualTo("default");
    assertThat(spec.path("schedulerName").asText()).isEqualTo("default-scheduler");
    JsonNode container = spec.at("/containers/0");
    assertThat(container.path("terminationMessagePath").asText()).isEqualTo("/dev/termination-log");
    assertThat(container.path("terminationMessagePolicy").asText()).isEqualTo("File");
    assertThat(container.path("imagePullPolicy").asText()).isEqualTo("Always");
  }

  @Test
  void pullsAnImageWithATagOnlyOnce() {
    assertThat(PodDefaults.pullPolicy("registry:5000/i")).isEqualTo("Always");
    assertThat(PodDefaults.pullPolicy("registry:5000/i:latest")).isEqualTo("Always");
    assertThat(PodDefaults.pullPolicy("registry:5000/i:1.2")).isEqualTo("IfNotPresent");
    assertThat(PodDefaults.pullPolicy("i@sha256:abc")).isEqualTo("IfNotPresent");
  }

  @Test
  void fillsInVolumesAndTheirSources() throws Exception {
    JsonNode spec = create(PODS, pod("'containers':[{'name':'c','image':'i','env':[{'name':'A','valueFrom':"
        + "{'fieldRef':{'fieldPath':'metadata.name'}}}]}],'volumes':[{'name':'s','secret':{'secretName':'s'}},"
        + "{'name':'e'}]")).at("/spec");
    assertThat(spec.at("/volumes/0/secret/defaultMode").asInt()).isEqualTo(420);
    assertThat(spec.at("/volumes/1").has("emptyDir")).isTrue();
    assertThat(spec.at("/containers/0/env/0/valueFrom/fieldRef/apiVersion").asText()).isEqualTo("v1");
  }

  @Test
  void tellsEveryMistake() throws Exception {
    assertThat(create(PODS, pod("'restartPolicy':'Sometimes','containers':[{'name':'c','image':'i'},{'name':'c',"
        + "'volumeMounts':[{'name':'v','mountPath':'/v'}]},{'image':'i'}]")).causes()).containsExactlyInAnyOrder(
        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"",
        "spec.containers[1].name: Duplicate value: \"c\"",
        "spec.containers[1].image: Required value",
        "spec.containers[1].volumeMounts[0].name: Not found: \"v\"",
        "spec.containers[2].name: Required value");
    assertThat(create(PODS, pod("'containers':[]")).causes()).containsExactly("spec.containers: Required value");
  }

  @Test
  void letsOnlyTheImageBeChanged() throws Exception {
    create(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    String image = "{'spec':{'containers':[{'name':'c','image':'j'}]}}";
    assertThat(send("PATCH", PODS + "/a", image, STRATEGIC).at("/spec/containers/0/image").asText()).isEqualTo("j");
    Reply other = patch(PODS + "/a", "{'spec':{'restartPolicy':'Never'}}");
    assertThat(other.code()).isEqualTo(422);
    assertThat(other.text()).contains("pod updates may not change fields other than");
  }

  @Test
  void refusesAnAccountThatIsNotThere() throws Exception {
    Reply reply = create(PODS, pod("'serviceAccountName':'b','containers':[{'name':'c','image':'i'}]"));
    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.at("/message").asText()).isEqualTo("pods \"a\" is forbidden: error looking up service account "
        + "default/b: serviceaccount \"b\" not found");
  }
}
