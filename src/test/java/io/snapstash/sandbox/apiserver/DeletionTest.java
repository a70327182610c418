package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways to delete, and the ways not to. */
class DeletionTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @BeforeEach
  void createThree() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      create(MAPS, "{'metadata':{'name':'" + name + "','labels':{'l':'" + name + "'}}}");
    }
  }

  @Test
  void leavesTheRestToTheGarbageCollector() throws Exception {
    Reply foreground = delete(MAPS + "/a", "{'propagationPolicy':'Foreground'}");
    assertThat(foreground.at("/metadata/finalizers").toString()).isEqualTo("[\"foregroundDeletion\"]");
    assertThat(foreground.at("/metadata/deletionTimestamp").isTextual()).isTrue();
    assertThat(delete(MAPS + "/b?propagationPolicy=Orphan", "").at("/metadata/finalizers").toString())
        .isEqualTo("[\"orphan\"]");
    assertThat(delete(MAPS + "/c", "{'propagationPolicy':'Background'}").at("/status").asText()).isEqualTo("Success");
    assertThat(names(MAPS)).containsExactly("a", "b");
    patch(MAPS + "/a", "{'metadata':{'finalizers':null}}");
    assertThat(names(MAPS)).containsExactly("b");
  }

  @Test
  void changesItsMindAboutDependentsWhileItIsHeld() throws Exception {
    create(MAPS, "{'metadata':{'name':'h','finalizers':['x.io/f']}}");
    delete(MAPS + "/h", "{'propagationPolicy':'Foreground'}");
    assertThat(delete(MAPS + "/h", "{'propagationPolicy':'Orphan'}").at("/metadata/finalizers").toString())
        .isEqualTo("[\"x.io/f\",\"orphan\"]");
  }

  @Test
  void refusesAPolicyThatDoesNotExist() throws Exception {
    assertThat(delete(MAPS + "/a", "{'propagationPolicy':'Sideways'}").code()).isEqualTo(422);
    assertThat(names(MAPS)).contains("a");
  }

  @Test
  void deletesNoObjectButTheOneThatWasSeen() throws Exception {
    String uid = get(MAPS + "/a").at("/metadata/uid").asText();
    String version = get(MAPS + "/a").version();
    Reply other = delete(MAPS + "/a", "{'preconditions':{'uid':'other'}}");
    assertThat(other.code()).isEqualTo(409);
    assertThat(other.at("/message").asText()).startsWith("Operation cannot be fulfilled on ConfigMap \"a\": "
        + "the UID in the precondition (other) does not match the UID in record (" + uid + ").");
    patch(MAPS + "/a", "{'data':{'k':'v'}}");
    assertThat(delete(MAPS + "/a", "{'preconditions':{'resourceVersion':'" + version + "'}}").code()).isEqualTo(409);
    assertThat(delete(MAPS + "/a", "{'preconditions':{'uid':'" + uid + "'}}").code()).isEqualTo(200);
  }

  @Test
  void deletesWhatTheSelectorsSay() throws Exception {
    assertThat(delete(MAPS + "?labelSelector=l+in+(a,b)&fieldSelector=metadata.name%21%3Db", "").at("/kind").asText())
        .isEqualTo("ConfigMapList");
    assertThat(names(MAPS)).containsExactly("b", "c");
    delete(MAPS + "?dryRun=All", "");
    assertThat(names(MAPS)).containsExactly("b", "c");
    delete(MAPS, "");
    assertThat(names(MAPS)).isEmpty();
  }

  @Test
  void changesNothingWhenItIsOnlyAsked() throws Exception {
    assertThat(delete(MAPS + "/a", "{'dryRun':['All']}").code()).isEqualTo(200);
    assertThat(patch(MAPS + "/a?dryRun=All", "{'data':{'k':'v'}}").at("/data/k").asText()).isEqualTo("v");
    assertThat(get(MAPS + "/a").json().has("data")).isFalse();
    assertThat(create(MAPS + "?dryRun=All", "{'metadata':{'generateName':'n-'}}").at("/metadata/uid").isTextual())
        .isTrue();
    assertThat(create(MAPS + "?dryRun=true", "{'metadata':{'name':'n'}}").code()).isEqualTo(422);
    assertThat(names(MAPS)).containsExactly("a", "b", "c");
  }
}
