package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paths below an object: scale and token. */
class SubresourceTest extends ApiStory {
  private static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String SCALE = APPS + "deployments/d/scale";
  private static final String TOKEN = "/api/v1/namespaces/default/serviceaccounts/default/token";

  @BeforeEach
  void createDeployment() throws Exception {
    create(APPS + "deployments", "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'app':'d'}},'template':"
        + "{'metadata':{'labels':{'app':'d'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
  }

  @Test
  void scalesAWorkload() throws Exception {
    JsonNode scale = get(SCALE).json();
    assertThat(scale.path("kind").asText()).isEqualTo("Scale");
    assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(scale.at("/status/selector").asText()).isEqualTo("app=d");
    assertThat(patch(SCALE, "{'spec':{'replicas':3}}").at("/spec/replicas").asInt()).isEqualTo(3);
    JsonNode deployment = get(APPS + "deployments/d").json();
    assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(deployment.at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void scalesOnlyWhatWasSeenAndNeverBelowNothing() throws Exception {
    Reply stale = send("PUT", SCALE, "{'metadata':{'name':'d','resourceVersion':'1'},'spec':{'replicas':2}}");
    assertThat(stale.code()).isEqualTo(409);
    assertThat(patch(SCALE, "{'spec':{'replicas':-1}}").code()).isEqualTo(422);
    assertThat(get(APPS + "deployments/d").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(get(APPS + "daemonsets/d/scale").code()).isEqualTo(404);
  }

  @Test
  void givesTokensInTheNameOfAnAccount() throws Exception {
    Reply token = create(TOKEN, "{'spec':{'expirationSeconds':900}}");
    assertThat(token.code()).isEqualTo(201);
    assertThat(token.at("/kind").asText()).isEqualTo("TokenRequest");
    assertThat(token.at("/status/token").asText()).isEqualTo("system:serviceaccount:default:default");
    assertThat(token.at("/status/expirationTimestamp").asText()).endsWith("Z");
    assertThat(create(TOKEN, "{}").at("/spec/expirationSeconds").asInt()).isEqualTo(3600);
  }

  @Test
  void givesNoTokenThatEndsTooSoonNorOfAnAccountThatIsNotThere() throws Exception {
    assertThat(create(TOKEN, "{'spec':{'expirationSeconds':60}}").code()).isEqualTo(422);
    assertThat(create(TOKEN.replace("default/token", "nobody/token"), "{}").code()).isEqualTo(404);
  }

  @Test
  void showsTheLogOfAPodThatRuns() throws Exception {
    String pods = "/api/v1/namespaces/default/pods";
    create(pods, "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    server.logs().append("default", "a", "one\ntwo\n");
    assertThat(get(pods + "/a/log").at("/message").asText())
        .isEqualTo("container \"c\" in pod \"a\" is waiting to start: ContainerCreating");
    patch(pods + "/a/status", "{'status':{'phase':'Running'}}");
    assertThat(get(pods + "/a/log?container=c").text()).isEqualTo("one\ntwo\n");
    assertThat(get(pods + "/a/log?tailLines=1").text()).isEqualTo("two\n");
    assertThat(get(pods + "/a/log?container=x").at("/message").asText())
        .isEqualTo("container x is not valid for pod a");
    assertThat(get(pods + "/b/log").code()).isEqualTo(404);
  }

  @Test
  void saysSoWhenNothingRunsInAPod() throws Exception {
    String pods = "/api/v1/namespaces/default/pods";
    create(pods, "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    patch(pods + "/a/status", "{'status':{'phase':'Running'}}");
    assertThat(get(pods + "/a/log").text()).isEqualTo("(no log: this Pod is simulated, nothing runs in it)\n");
  }

  @Test
  void evictsAPodWhateverTheFormatOfTheWish() throws Exception {
    String pods = "/api/v1/namespaces/default/pods";
    create(pods, "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    create(pods, "{'metadata':{'name':'b'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    String other = "{'deleteOptions':{'preconditions':{'uid':'other'}}}";
    assertThat(create(pods + "/a/eviction", other).code()).isEqualTo(409);
    assertThat(create(pods + "/a/eviction", "{}").code()).isEqualTo(201);
    assertThat(send("POST", pods + "/b/eviction", "k8s", "application/vnd.kubernetes.protobuf").code()).isEqualTo(201);
    assertThat(names(pods)).isEmpty();
  }

  @Test
  void tellsAWayAroundTheFormatThatItDoesNotRead() throws Exception {
    Reply reply = send("POST", "/api/v1/namespaces/default/configmaps", "k8s", "application/vnd.kubernetes.protobuf");
    assertThat(reply.code()).isEqualTo(415);
    assertThat(reply.at("/message").asText()).contains("--dry-run=client -o yaml");
  }
}
