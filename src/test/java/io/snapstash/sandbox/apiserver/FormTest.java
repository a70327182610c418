package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which form objects can be asked for. */
class FormTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
  private static final String MANY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  @BeforeEach
  void createOne() throws Exception {
    create(MAPS, "{'metadata':{'name':'a','labels':{'l':'x'}},'data':{'k':'v'}}");
  }

  @Test
  void showsMetadataAloneOfAnObjectAndOfAList() throws Exception {
    JsonNode one = send("GET", MAPS + "/a", "", JSON, ONE).json();
    assertThat(one.path("kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(one.at("/metadata/labels/l").asText()).isEqualTo("x");
    assertThat(one.has("data")).isFalse();
    JsonNode list = send("GET", MAPS, "", JSON, MANY).json();
    assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
    assertThat(list.at("/items/0/kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(list.at("/items/0/metadata/name").asText()).isEqualTo("a");
    assertThat(list.at("/items/0").has("data")).isFalse();
  }

  @Test
  void refusesTheFormOfAListForAnObjectAndTheOtherWayRound() throws Exception {
    assertThat(send("GET", MAPS + "/a", "", JSON, MANY).at("/message").asText())
        .isEqualTo("you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)");
    Reply list = send("GET", MAPS, "", JSON, ONE);
    assertThat(list.code()).isEqualTo(406);
    assertThat(list.at("/reason").asText()).isEqualTo("NotAcceptable");
  }

  @Test
  void watchesMetadataAlone() throws Exception {
    List<JsonNode> events = events(MAPS + "?watch=true&timeoutSeconds=1", ONE);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().at("/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(events.getFirst().at("/object").has("data")).isFalse();
  }

  @Test
  void endsAWatchInTheFormOfAListWithoutAWord() throws Exception {
    assertThat(events(MAPS + "?watch=true&timeoutSeconds=300", MANY)).isEmpty();
    assertThat(events(MAPS + "?watch=true&timeoutSeconds=300&resourceVersion=1", MANY)).isEmpty();
  }

  @Test
  void refusesAFormThatIsNotThereBeforeAnythingIsDone() throws Exception {
    String chart = "application/json;as=Chart;g=meta.k8s.io;v=v1";
    Reply refused = send("POST", MAPS, "{'metadata':{'name':'b'}}", JSON, chart);
    assertThat(refused.code()).isEqualTo(406);
    assertThat(names(MAPS)).containsExactly("a");
  }
}
