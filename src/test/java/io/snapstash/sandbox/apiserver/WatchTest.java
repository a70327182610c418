package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a watch tells besides the changes. */
class WatchTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @Test
  void tellsByABookmarkHowFarItHasCome() throws Exception {
    create(MAPS, "{'metadata':{'name':'a'}}");
    String later = create("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}").version();
    List<JsonNode> events = events(MAPS + "?watch=true&timeoutSeconds=1&allowWatchBookmarks=true", JSON);
    assertThat(events).extracting(event -> event.path("type").asText()).startsWith("ADDED").containsOnlyOnce("ADDED")
        .endsWith("BOOKMARK");
    JsonNode bookmark = events.getLast().path("object");
    assertThat(bookmark.path("kind").asText()).isEqualTo("ConfigMap");
    assertThat(bookmark.at("/metadata/resourceVersion").asText()).isEqualTo(later);
    assertThat(bookmark.at("/metadata").has("name")).isFalse();
  }

  @Test
  void sendsNoBookmarkToAClientThatDidNotAsk() throws Exception {
    assertThat(eventTypes(MAPS + "?watch=true&timeoutSeconds=1")).isEmpty();
  }

  @Test
  void marksTheEndOfWhatWasThereBefore() throws Exception {
    create(MAPS, "{'metadata':{'name':'a'}}");
    String list = "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
    List<JsonNode> events = events(MAPS + "?watch=true&timeoutSeconds=1&allowWatchBookmarks=true" + list, JSON);
    assertThat(events.get(1).at("/object/metadata/annotations").path("k8s.io/initial-events-end").asText())
        .isEqualTo("true");
    assertThat(get(MAPS + "?watch=true&timeoutSeconds=1&sendInitialEvents=true").code()).isEqualTo(422);
  }

  @Test
  void refusesAVersionThatIsStillToCome() throws Exception {
    Reply reply = get(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=999999");
    assertThat(reply.code()).isEqualTo(504);
    assertThat(reply.at("/details/causes/0/reason").asText()).isEqualTo("ResourceVersionTooLarge");
  }
}
