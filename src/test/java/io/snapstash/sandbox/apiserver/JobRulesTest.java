package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of a Job, and what it lets nobody change. */
class JobRulesTest extends ApiStory {
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String TEMPLATE =
      "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}";

  private static String job(String name, String spec) {
    return "{'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
  }

  @Test
  void fillsInOneRunWithSixRetries() throws Exception {
    JsonNode spec = create(JOBS, job("a", TEMPLATE)).at("/spec");
    assertThat(spec.path("parallelism").asInt()).isEqualTo(1);
    assertThat(spec.path("completions").asInt()).isEqualTo(1);
    assertThat(spec.path("backoffLimit").asInt()).isEqualTo(6);
    assertThat(spec.path("suspend").asText()).isEqualTo("false");
    assertThat(spec.path("completionMode").asText()).isEqualTo("NonIndexed");
    assertThat(spec.path("podReplacementPolicy").asText()).isEqualTo("TerminatingOrFailed");
    assertThat(create(JOBS, job("b", "'parallelism':3," + TEMPLATE)).at("/spec").has("completions")).isFalse();
  }

  @Test
  void makesTheSelectorFromTheUid() throws Exception {
    JsonNode job = create(JOBS, job("a", TEMPLATE)).json();
    String uid = job.at("/metadata/uid").asText();
    assertThat(job.at("/spec/selector").toString())
        .isEqualTo("{\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"" + uid + "\"}}");
    for (JsonNode labels : new JsonNode[] {job.at("/spec/template/metadata/labels"), job.at("/metadata/labels")}) {
      assertThat(labels.path("batch.kubernetes.io/controller-uid").asText()).isEqualTo(uid);
      assertThat(labels.path("controller-uid").asText()).isEqualTo(uid);
      assertThat(labels.path("batch.kubernetes.io/job-name").asText()).isEqualTo("a");
      assertThat(labels.path("job-name").asText()).isEqualTo("a");
    }
  }

  @Test
  void leavesTheSelectorToAJobThatWantsItsOwn() throws Exception {
    String own = "'manualSelector':true,'selector':{'matchLabels':{'x':'y'}},";
    assertThat(create(JOBS, job("a", own + TEMPLATE)).causes()).singleElement().asString()
        .startsWith("spec.template.metadata.labels: ").contains("`selector` does not match template `labels`");
    String labelled = TEMPLATE.replace("'template':{", "'template':{'metadata':{'labels':{'x':'y'}},");
    assertThat(create(JOBS, job("a", own + labelled)).at("/spec/template/metadata/labels").toString())
        .isEqualTo("{\"x\":\"y\"}");
    assertThat(create(JOBS, job("b", "'selector':{'matchLabels':{'x':'y'}}," + labelled)).causes())
        .anyMatch(cause -> cause.endsWith("`selector` not auto-generated"));
  }

  @Test
  void refusesANameThatIsNoLabelValue() throws Exception {
    assertThat(create(JOBS, job("a".repeat(63), TEMPLATE)).code()).isEqualTo(201);
    Reply long64 = create(JOBS, job("a".repeat(64), TEMPLATE));
    assertThat(long64.code()).isEqualTo(422);
    assertThat(long64.causes()).contains(
        "spec.template.labels: Invalid value: \"" + "a".repeat(64) + "\": must be no more than 63 bytes");
  }

  @Test
  void wantsPodsThatEnd() throws Exception {
    String required = "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"";
    assertThat(create(JOBS, job("a", TEMPLATE.replace("'restartPolicy':'Never',", ""))).causes())
        .containsExactly(required);
    assertThat(create(JOBS, job("a", TEMPLATE.replace("Never", "Always"))).causes()).containsExactly(required);
    assertThat(create(JOBS, job("a", TEMPLATE.replace("Never", "OnFailure"))).code()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'completions':2", "'selector':{'matchLabels':{'x':'y'}}", "'completionMode':'Indexed'",
      "'template':{'spec':{'dnsPolicy':'Default'}}", "'template':{'metadata':{'labels':{'x':'y'}}}"})
  void keepsWhatItRuns(String change) throws Exception {
    create(JOBS, job("a", TEMPLATE));
    Reply reply = patch(JOBS + "/a", "{'spec':{" + change + "}}");
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.causes()).anyMatch(cause -> cause.endsWith("field is immutable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'parallelism':2", "'suspend':true", "'backoffLimit':1", "'activeDeadlineSeconds':9",
      "'ttlSecondsAfterFinished':9"})
  void letsTheRestBeChanged(String change) throws Exception {
    create(JOBS, job("a", TEMPLATE));
    assertThat(patch(JOBS + "/a", "{'spec':{" + change + "}}").at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void endsInTwoStepsWithItsTimes() throws Exception {
    create(JOBS, job("a", TEMPLATE));
    Reply hasty = patch(JOBS + "/a/status", "{'status':{'conditions':[{'type':'Complete','status':'True'}]}}");
    assertThat(hasty.causes()).hasSize(3).anyMatch(cause -> cause.contains("without the SuccessCriteriaMet=true"))
        .contains("status.completionTime: Required value: completionTime is required for Complete jobs",
            "status.startTime: Required value: startTime is required for finished job");
    String times = "'startTime':'2030-01-01T00:00:00Z','completionTime':'2030-01-01T00:00:09Z'";
    String both = "'conditions':[{'type':'SuccessCriteriaMet','status':'True'},{'type':'Complete','status':'True'}]";
    assertThat(patch(JOBS + "/a/status", "{'status':{" + times + "," + both + "}}").code()).isEqualTo(200);
    assertThat(patch(JOBS + "/a/status", "{'status':{'conditions':[]}}").code()).isEqualTo(422);
  }

  @Test
  void leavesItsPodsBehindUnlessToldOtherwise() throws Exception {
    create(JOBS, job("a", TEMPLATE));
    assertThat(delete(JOBS + "/a", "").at("/metadata/finalizers/0").asText()).isEqualTo("orphan");
    create(JOBS, job("b", TEMPLATE));
    assertThat(delete(JOBS + "/b", "{'propagationPolicy':'Background'}").at("/status").asText()).isEqualTo("Success");
  }
}
