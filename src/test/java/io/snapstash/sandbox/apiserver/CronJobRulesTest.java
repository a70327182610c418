package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which CronJobs are taken (kubernetes facts 8). */
class CronJobRulesTest extends ApiStory {
  private static final String CRON_JOBS = "/apis/batch/v1/namespaces/default/cronjobs";
  private static final String TEMPLATE = "'jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never',"
      + "'containers':[{'name':'c','image':'i'}]}}}}";

  private Reply schedule(String text) throws Exception {
    return create(CRON_JOBS, cronJob("a", "'schedule':'" + text + "'," + TEMPLATE));
  }

  private static String cronJob(String name, String spec) {
    return "{'apiVersion':'batch/v1','kind':'CronJob','metadata':{'name':'" + name + "'},'spec':{" + spec + "}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"* * * * *", "0 0 31 2 *", "? * * JAN sun-sat", "@hourly", "@midnight", "@every 5m"})
  void takesFiveFieldsAndMacros(String text) throws Exception {
    assertThat(schedule(text).code()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"* * * *", "* * * * * *", "* * * * 7", "*/0 * * * *", "H * * * *", "0 0 L * *", "5-1 * * * *",
      "@reboot", "@Daily", " "})
  void refusesOtherSchedules(String text) throws Exception {
    Reply reply = schedule(text);
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.at("/details/causes/0/field").asText()).isEqualTo("spec.schedule");
  }

  @Test
  void wantsTheTimeZoneInItsOwnField() throws Exception {
    for (String text : new String[] {"CRON_TZ=UTC * * * * *", "TZ=UTC * * * * *"}) {
      assertThat(schedule(text).causes()).containsExactly("spec.schedule: Invalid value: \"" + text
          + "\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Etc/UTC", "EST", "CET", "Europe/Berlin"})
  void takesTimeZonesByTheirName(String zone) throws Exception {
    String spec = "'schedule':'@daily','timeZone':'" + zone + "'," + TEMPLATE;
    assertThat(create(CRON_JOBS, cronJob("a", spec)).code()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Local", "", "+02:00", "europe/berlin", "Europe/Berlin ", " "})
  void refusesOtherTimeZones(String zone) throws Exception {
    Reply reply = create(CRON_JOBS, cronJob("a", "'schedule':'@daily','timeZone':'" + zone + "'," + TEMPLATE));
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.at("/details/causes/0/field").asText()).isEqualTo("spec.timeZone");
  }

  @Test
  void leavesRoomInTheNameForTheTimeOfARun() throws Exception {
    String spec = "'schedule':'@daily'," + TEMPLATE;
    assertThat(create(CRON_JOBS, cronJob("a".repeat(52), spec)).code()).isEqualTo(201);
    assertThat(create(CRON_JOBS, cronJob("a".repeat(53), spec)).causes()).containsExactly(
        "metadata.name: Invalid value: \"" + "a".repeat(53) + "\": must be no more than 52 characters");
  }

  @Test
  void fillsInWhatIsLeftOutButNothingOfTheJob() throws Exception {
    JsonNode made = create(CRON_JOBS, cronJob("a", "'schedule':'@daily'," + TEMPLATE)).json();
    assertThat(made.at("/spec/concurrencyPolicy").asText()).isEqualTo("Allow");
    assertThat(made.at("/spec/suspend").isBoolean()).isTrue();
    assertThat(made.at("/spec/successfulJobsHistoryLimit").asInt()).isEqualTo(3);
    assertThat(made.at("/spec/failedJobsHistoryLimit").asInt()).isEqualTo(1);
    assertThat(made.at("/spec/jobTemplate/spec").fieldNames()).toIterable().containsExactly("template");
    assertThat(made.at("/spec/jobTemplate/spec/template/spec/dnsPolicy").asText()).isEqualTo("ClusterFirst");
  }

  @Test
  void looksIntoTheJobTemplate() throws Exception {
    assertThat(create(CRON_JOBS, cronJob("a", "'schedule':'@daily'")).causes()).containsExactly(
        "spec.jobTemplate.spec.template.spec.containers: Required value",
        "spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
  }

  @Test
  void checksAChangeLikeANewOne() throws Exception {
    schedule("@daily");
    assertThat(patch(CRON_JOBS + "/a", "{'spec':{'schedule':'nonsense'}}").code()).isEqualTo(422);
    JsonNode changed = patch(CRON_JOBS + "/a", "{'spec':{'suspend':true}}").json();
    assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
  }
}
