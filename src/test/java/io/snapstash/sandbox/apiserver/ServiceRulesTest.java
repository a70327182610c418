package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What the server makes of a Service. */
class ServiceRulesTest extends ApiStory {
  private static final String SERVICES = "/api/v1/namespaces/default/services";
  private static final String PLAIN = "{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}";

  @Test
  void givesAnAddressAndKeepsIt() throws Exception {
    JsonNode made = create(SERVICES, PLAIN).json();
    String address = made.at("/spec/clusterIP").asText();
    assertThat(address).startsWith("10.");
    assertThat(made.at("/spec/type").asText()).isEqualTo("ClusterIP");
    assertThat(made.at("/spec/ports/0").toString()).isEqualTo("{\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80}");
    assertThat(send("PUT", SERVICES + "/s", PLAIN).at("/spec/clusterIP").asText()).isEqualTo(address);
    assertThat(patch(SERVICES + "/s", "{'spec':{'clusterIP':'10.1.1.1'}}").code()).isEqualTo(422);
  }

  @Test
  void leavesAHeadlessOneWithoutAnAddress() throws Exception {
    JsonNode made = create(SERVICES, "{'metadata':{'name':'s'},'spec':{'clusterIP':'None'}}").json();
    assertThat(made.at("/spec/clusterIPs").toString()).isEqualTo("[\"None\"]");
    assertThat(create(SERVICES, "{'metadata':{'name':'t'},'spec':{}}").causes())
        .containsExactly("spec.ports: Required value");
  }
}
