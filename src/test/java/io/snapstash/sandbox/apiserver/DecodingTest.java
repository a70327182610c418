package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Built-in objects with fields that do not exist, or of another type. */
class DecodingTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String MISSPELT = "{'metadata':{'name':'a'},'spec':{'paralelism':1,'template':{'spec':{"
      + "'restartPolicy':'Never','containers':[{'name':'c','image':'i','comand':['x']}]}}}}";

  @Test
  void refusesAMisspeltFieldIfTheClientWantsThat() throws Exception {
    Reply reply = create(JOBS + "?fieldValidation=Strict", MISSPELT);
    assertThat(reply.code()).isEqualTo(400);
    assertThat(reply.at("/message").asText()).isEqualTo("Job in version \"v1\" cannot be handled as a Job: strict decoding "
        + "error: unknown field \"spec.paralelism\", unknown field \"spec.template.spec.containers[0].comand\"");
  }

  @Test
  void dropsAMisspeltFieldOtherwise() throws Exception {
    JsonNode job = create(JOBS, MISSPELT).json();
    assertThat(job.path("spec").has("paralelism")).isFalse();
    assertThat(job.at("/spec/template/spec/containers/0").has("comand")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "'data':{'k':1} | number into Go struct field ConfigMap.data of type string",
      "'data':['k'] | array into Go struct field ConfigMap.data of type map[string]string",
      "'immutable':'no' | string into Go struct field ConfigMap.immutable of type bool"})
  void refusesAValueOfAnotherType(String field, String message) throws Exception {
    Reply reply = create(MAPS, "{'metadata':{'name':'a'}," + field + "}");
    assertThat(reply.code()).isEqualTo(400);
    assertThat(reply.at("/message").asText())
        .isEqualTo("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal " + message);
  }

  @Test
  void refusesSuchAValueAlsoInAPatch() throws Exception {
    create(MAPS, "{'metadata':{'name':'a'}}");
    Reply reply = patch(MAPS + "/a", "{'data':{'k':true}}");
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.at("/message").asText()).endsWith("cannot unmarshal boolean into Go struct field ConfigMap.data "
        + "of type string");
  }

  @Test
  void takesNumbersWhereATextMayBeOne() throws Exception {
    String pod = "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i','resources':{'limits':"
        + "{'cpu':1,'memory':'1Gi'}},'livenessProbe':{'httpGet':{'port':'http'}}}]}}";
    assertThat(create("/api/v1/namespaces/default/pods", pod).code()).isEqualTo(201);
  }
}
