package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients depend on, asked over HTTP as any client asks. */
class ApiServerTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String THINGS = "/apis/example.com/v1/namespaces/default/things";

  @Test
  void refusesAStaleUpdateAndKeepsTheVersionWhenNothingChanges() throws Exception {
    String first = send("POST", MAPS, map("a", "1")).version();
    assertThat(patch(MAPS + "/a", "{'data':{'k':'1'}}").version()).isEqualTo(first);
    assertThat(patch(MAPS + "/a", "{'data':{'k':'2'}}").version()).isNotEqualTo(first);
    Reply stale = patch(MAPS + "/a", "{'metadata':{'resourceVersion':'" + first + "'},'data':{'k':'3'}}");
    assertThat(stale.code()).isEqualTo(409);
    assertThat(stale.json().path("reason").asText()).isEqualTo("Conflict");
    Reply twice = send("POST", MAPS, map("a", "1"));
    assertThat(twice.json().path("reason").asText()).isEqualTo("AlreadyExists");
  }

  @Test
  void selectsByLabelsWithSetsAndByFields() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      send("POST", MAPS, "{'metadata':{'name':'" + name + "','labels':{'l':'" + name + "'}}}");
    }
    assertThat(names(MAPS + "?labelSelector=l+in+(a,b)")).containsExactly("a", "b");
    assertThat(names(MAPS + "?labelSelector=l+notin+(a,b)")).containsExactly("c");
    assertThat(names(MAPS + "?labelSelector=l,l!=a")).containsExactly("b", "c");
    assertThat(names(MAPS + "?labelSelector=!l")).isEmpty();
    assertThat(names(MAPS + "?fieldSelector=metadata.name=b")).containsExactly("b");
  }

  @Test
  void pagesThroughTheStateOfTheFirstPage() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      send("POST", MAPS, map(name, "1"));
    }
    JsonNode first = send("GET", MAPS + "?limit=2", "").json();
    send("POST", MAPS, map("b2", "1"));
    send("DELETE", MAPS + "/c", "");
    String rest = MAPS + "?limit=2&continue=" + first.at("/metadata/continue").asText();
    assertThat(names(rest)).containsExactly("c");
    await(server.forgetHistory());
    assertThat(send("GET", rest, "").code()).isEqualTo(410);
  }

  @Test
  void replaysAWatchFromAVersionAndTellsWhenItIsTooOld() throws Exception {
    String version = send("POST", MAPS, "{'metadata':{'name':'a','labels':{'l':'x'}}}").version();
    patch(MAPS + "/a", "{'metadata':{'labels':{'l':'y'}}}");
    send("POST", MAPS, "{'metadata':{'name':'b','labels':{'l':'x'}}}");
    send("DELETE", MAPS + "/b", "");
    String watch = MAPS + "?watch=true&timeoutSeconds=1&labelSelector=l%3Dx&resourceVersion=" + version;
    assertThat(eventTypes(watch)).containsExactly("DELETED", "ADDED", "DELETED");
    await(server.forgetHistory());
    JsonNode gone = Json.MAPPER.readTree(send("GET", watch, "").text());
    assertThat(gone.path("type").asText()).isEqualTo("ERROR");
    assertThat(gone.at("/object/code").asInt()).isEqualTo(410);
  }

  @Test
  void keepsAnObjectUntilItsLastFinalizerIsGoneAndTakesNoNewOne() throws Exception {
    send("POST", MAPS, "{'metadata':{'name':'a','finalizers':['x.io/f']}}");
    assertThat(send("DELETE", MAPS + "/a", "").json().at("/metadata/deletionTimestamp").isTextual()).isTrue();
    Reply more = patch(MAPS + "/a", "{'metadata':{'finalizers':['x.io/f','x.io/g']}}");
    assertThat(more.code()).isEqualTo(422);
    assertThat(patch(MAPS + "/a", "{'metadata':{'finalizers':null}}").code()).isEqualTo(200);
    assertThat(send("GET", MAPS + "/a", "").code()).isEqualTo(404);
  }

  @Test
  void honoursPreconditionsAndDryRun() throws Exception {
    send("POST", MAPS, map("a", "1"));
    assertThat(send("DELETE", MAPS + "/a", "{'preconditions':{'uid':'other'}}").code()).isEqualTo(409);
    assertThat(send("DELETE", MAPS + "/a?dryRun=All", "").code()).isEqualTo(200);
    assertThat(send("POST", MAPS + "?dryRun=All", map("b", "1")).code()).isEqualTo(201);
    assertThat(names(MAPS)).containsExactly("a");
  }

  @Test
  void demandsALivingNamespace() throws Exception {
    assertThat(send("POST", "/api/v1/namespaces/none/configmaps", map("a", "1")).code()).isEqualTo(404);
    send("POST", "/api/v1/namespaces", "{'metadata':{'name':'n'}}");
    assertThat(send("GET", "/api/v1/namespaces/n/serviceaccounts/default", "").code()).isEqualTo(200);
    assertThat(send("DELETE", "/api/v1/namespaces/n", "").json().at("/status/phase").asText()).isEqualTo("Terminating");
    Reply late = send("POST", "/api/v1/namespaces/n/configmaps", map("a", "1"));
    assertThat(late.code()).isEqualTo(403);
    assertThat(late.json().at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
    send("PUT", "/api/v1/namespaces/n/finalize", "{'metadata':{'name':'n'},'spec':{'finalizers':[]}}");
    assertThat(send("GET", "/api/v1/namespaces/n", "").code()).isEqualTo(404);
  }

  @Test
  void prunesFillsInAndValidatesCustomObjects() throws Exception {
    define();
    JsonNode made = send("POST", THINGS, thing("a", "'kind':'x','unknown':1")).json();
    assertThat(made.at("/spec").has("unknown")).isFalse();
    assertThat(made.at("/spec/size").asInt()).isEqualTo(3);
    Reply strict = send("POST", THINGS + "?fieldValidation=Strict", thing("b", "'kind':'x','unknown':1"));
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.text()).contains("strict decoding error: unknown field \\\"spec.unknown\\\"");
    Reply wrong = send("POST", THINGS, thing("b", "'size':9"));
    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.text()).contains("spec.kind: Required value", "should be less than or equal to 5");
  }

  @Test
  void runsRulesAlsoAboutTheOldObject() throws Exception {
    define();
    assertThat(send("POST", THINGS, thing("a", "'kind':'forbidden'")).text())
        .contains("spec.kind: Invalid value: not this one");
    send("POST", THINGS, thing("a", "'kind':'x'"));
    Reply changed = patch(THINGS + "/a", "{'spec':{'kind':'y'}}");
    assertThat(changed.code()).isEqualTo(422);
    assertThat(changed.json().at("/details/causes/0/message").asText()).contains("kind is immutable");
    assertThat(patch(THINGS + "/a", "{'spec':{'size':4}}").json().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void keepsStatusApartFromSpec() throws Exception {
    define();
    send("POST", THINGS, thing("a", "'kind':'x'"));
    assertThat(patch(THINGS + "/a", "{'status':{'phase':'P'}}").json().has("status")).isFalse();
    JsonNode status = patch(THINGS + "/a/status", "{'status':{'phase':'P'},'spec':{'size':1}}").json();
    assertThat(status.at("/status/phase").asText()).isEqualTo("P");
    assertThat(status.at("/spec/size").asInt()).isEqualTo(3);
    assertThat(status.at("/metadata/generation").asInt()).isEqualTo(1);
  }

  @Test
  void showsPrinterColumnsAsATable() throws Exception {
    define();
    send("POST", THINGS, thing("a", "'kind':'x'"));
    JsonNode table = send("GET", THINGS, "", JSON, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
        .json();
    assertThat(table.path("kind").asText()).isEqualTo("Table");
    assertThat(table.at("/rows/0/cells").toString()).isEqualTo("[\"a\",3]");
  }

  @Test
  void doesWhatWasAskedBeforeItBreaksTheConnectionOnPurpose() throws Exception {
    server.faults().status("create", "configmaps", 503, 1);
    assertThat(send("POST", MAPS, map("a", "1")).code()).isEqualTo(503);
    assertThat(send("POST", MAPS, map("a", "1")).code()).isEqualTo(201);
    server.faults().resetAfterCommit("delete", "configmaps", 1);
    try {
      send("DELETE", MAPS + "/a", "");
    } catch (IOException broken) {
      assertThat(server.requests().count("delete", "configmaps")).isPositive();
    }
    assertThat(send("GET", MAPS + "/a", "").code()).isEqualTo(404);
  }

  private void define() throws Exception {
    Reply made = send("POST", DEFINITIONS, """
        {'metadata':{'name':'things.example.com'},'spec':{'group':'example.com','scope':'Namespaced',
         'names':{'plural':'things','kind':'Thing'},'versions':[{'name':'v1','served':true,'storage':true,
         'subresources':{'status':{}},
         'additionalPrinterColumns':[{'name':'Size','type':'integer','jsonPath':'.spec.size'}],
         'schema':{'openAPIV3Schema':{'type':'object','properties':{
           'spec':{'type':'object','required':['kind'],'properties':{
             'size':{'type':'integer','default':3,'maximum':5},
             'kind':{'type':'string','x-kubernetes-validations':[
               {'rule':'self != \\"forbidden\\"','message':'not this one'},
               {'rule':'self == oldSelf','message':'kind is immutable'}]}}},
           'status':{'type':'object','properties':{'phase':{'type':'string'}}}}}}}]}}""");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static String thing(String name, String spec) {
    return "{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
  }

  private static String map(String name, String value) {
    return "{'metadata':{'name':'" + name + "'},'data':{'k':'" + value + "'}}";
  }
}
