package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to change an object in part. */
class PatchTest extends ApiStory {
  private static final String MAP = "/api/v1/namespaces/default/configmaps/a";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/d";

  @BeforeEach
  void createBoth() throws Exception {
    create("/api/v1/namespaces/default/configmaps",
        "{'metadata':{'name':'a','labels':{'x':'1','y':'2'},'finalizers':['x.io/a']},'data':{'k':'1'}}");
    create("/apis/apps/v1/namespaces/default/deployments", "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':"
        + "{'app':'d'}},'template':{'metadata':{'labels':{'app':'d'}},'spec':{'containers':[{'name':'c','image':'i:1',"
        + "'env':[{'name':'A','value':'1'}]},{'name':'e','image':'j:1'}]}}}}");
  }

  private Reply jsonPatch(String operations) throws Exception {
    return send("PATCH", MAP, operations, JSON_PATCH);
  }

  private Reply strategic(String path, String body) throws Exception {
    return send("PATCH", path, body, STRATEGIC);
  }

  @Test
  void doesTheOperationsOfAJsonPatchInTheirOrder() throws Exception {
    JsonNode changed = jsonPatch("[{'op':'test','path':'/data/k','value':'1'},"
        + "{'op':'add','path':'/data/n','value':'2'},{'op':'move','from':'/data/n','path':'/data/m'},"
        + "{'op':'copy','from':'/data/m','path':'/data/o'},"
        + "{'op':'replace','path':'/data/k','value':'3'},{'op':'remove','path':'/metadata/labels/y'},"
        + "{'op':'add','path':'/metadata/annotations','value':{}},"
        + "{'op':'add','path':'/metadata/annotations/a.io~1b','value':'c'}]").json();
    assertThat(changed.path("data").toString()).isEqualTo("{\"k\":\"3\",\"m\":\"2\",\"o\":\"2\"}");
    assertThat(changed.at("/metadata/labels").toString()).isEqualTo("{\"x\":\"1\"}");
    assertThat(changed.at("/metadata/annotations").path("a.io/b").asText()).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'op':'test','path':'/data/k','value':'2'}", "{'op':'test','path':'/data/z','value':'2'}",
      "{'op':'test','path':'/metadata/uid','value':'other'}", "{'op':'remove','path':'/data/z'}",
      "{'op':'add','path':'/z/z','value':'1'}", "{'op':'nonsense','path':'/data/k'}"})
  void doesNothingOfAJsonPatchThatFailsInOnePlace(String operation) throws Exception {
    Reply reply = jsonPatch("[{'op':'add','path':'/data/n','value':'1'}," + operation + "]");
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.at("/reason").asText()).isEqualTo("Invalid");
    assertThat(get(MAP).at("/data").toString()).isEqualTo("{\"k\":\"1\"}");
  }

  @Test
  void comparesTheGenerationAsANumber() throws Exception {
    String operations = "[{'op':'test','path':'/metadata/generation','value':1}]";
    assertThat(send("PATCH", DEPLOYMENT, operations, JSON_PATCH).code()).isEqualTo(200);
  }

  @Test
  void addsAndRemovesLabelsAndFinalizersByStrategicMerge() throws Exception {
    JsonNode metadata = strategic(MAP, "{'metadata':{'labels':{'x':null,'z':'3'},'annotations':{'n':'1'},"
        + "'finalizers':['x.io/b']}}").at("/metadata");
    assertThat(metadata.path("labels").toString()).isEqualTo("{\"y\":\"2\",\"z\":\"3\"}");
    assertThat(metadata.path("annotations").toString()).isEqualTo("{\"n\":\"1\"}");
    assertThat(metadata.path("finalizers").toString()).isEqualTo("[\"x.io/a\",\"x.io/b\"]");
    assertThat(strategic(MAP, "{'metadata':{'$deleteFromPrimitiveList/finalizers':['x.io/a']}}")
        .at("/metadata/finalizers").toString()).isEqualTo("[\"x.io/b\"]");
  }

  @Test
  void mergesContainersAndTheirVariablesByName() throws Exception {
    JsonNode containers = strategic(DEPLOYMENT, "{'spec':{'template':{'spec':{'containers':["
        + "{'name':'c','image':'i:2','env':[{'name':'B','value':'2'}]},{'name':'e','$patch':'delete'}]}}}}")
        .at("/spec/template/spec/containers");
    assertThat(containers).hasSize(1);
    assertThat(containers.at("/0/image").asText()).isEqualTo("i:2");
    assertThat(containers.at("/0/env").toString())
        .isEqualTo("[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]");
  }

  @Test
  void replacesAListByJsonMergeAndAlsoByTheDirective() throws Exception {
    assertThat(patch(DEPLOYMENT, "{'spec':{'template':{'spec':{'containers':[{'name':'n','image':'n'}]}}}}")
        .at("/spec/template/spec/containers")).hasSize(1);
    assertThat(strategic(DEPLOYMENT, "{'spec':{'template':{'spec':{'containers':[{'$patch':'replace'},"
        + "{'name':'m','image':'m'}]}}}}").at("/spec/template/spec/containers/0/name").asText()).isEqualTo("m");
  }
}
