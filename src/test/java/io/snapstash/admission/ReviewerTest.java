package io.snapstash.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Json;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.domain.validation.Candidate;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.domain.validation.UsageQuestion;
import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewerTest {
  private static final String SESSION = "name: daily, scheduler: {schedule: '0 2 * * *'}, addon: {name: pvc-addon, "
      + "tasks: [{name: volume-snapshot}]}";
  private static final String GOOD = "{target: {kind: PersistentVolumeClaim, name: c}, sessions: [{" + SESSION
      + ", repositories: [{name: r, directory: /r}]}]}";

  private final Reviewer reviewer = new Reviewer(new Neighbours());

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      core    | backupconfiguration | {}                                                         | spec.sessions
      core    | hooktemplate        | {executor: {type: Operator}}                               | spec.action
      core    | hooktemplate        | {executor: {type: Operator}, action: {exec: {command: [a]}}} | -
      core    | restoresession      | {dataSource: {}, addon: {name: a, tasks: [{name: t}]}}     | spec.dataSource.snapshot
      core    | backupblueprint     | {}                                                         | spec.backupConfigurationTemplate
      core    | backupblueprint     | {backupConfigurationTemplate: {backends: [{storageRef: {name: closed, namespace: other}}]}} | spec.backupConfigurationTemplate.backends[0].storageRef
      core    | backupbatch         | {}                                                         | -
      core    | backupsession       | {}                                                         | -
      storage | backupstorage       | {storage: {provider: s3, s3: {bucket: taken, prefix: p/}}} | spec.storage
      storage | backupstorage       | {storage: {provider: s3, s3: {bucket: taken, prefix: q}}}  | -
      storage | backupstorage       | {storage: {provider: s3, s3: {bucket: taken, prefix: p, endpoint: 'http://minio'}}} | -
      storage | backupstorage       | {storage: {provider: local}, default: true}                | spec.default
      storage | backupstorage       | {usagePolicy: {allowedNamespaces: {from: Selector}}}       | spec.usagePolicy.allowedNamespaces.selector
      storage | retentionpolicy     | {maxRetentionPeriod: 30d, default: true}                   | spec.default
      storage | retentionpolicy     | {maxRetentionPeriod: soon}                                 | spec.maxRetentionPeriod
      storage | retentionpolicy     | {}                                                         | spec
      """)
  void refusesWithTheFieldAndWhatToDo(String group, String kind, String spec, String field) {
    JsonNode response = ask("validate", group, kind, request("CREATE", spec));

    assertThat(response.path("allowed").asBoolean()).isEqualTo(field == null);
    assertThat(response.at("/status/details/causes").findValuesAsText("field"))
        .isEqualTo(field == null ? List.of() : List.of(field));
    assertThat(response.at("/status/details/causes").findValuesAsText("message")).doesNotContain("");
  }

  @Test
  void defaultsAreReckonedWithInTheChecksAsWell() {
    assertThat(ask("validate", "core", "backupconfiguration", request("CREATE", GOOD)).path("allowed").asBoolean())
        .isTrue();
  }

  @Test
  void aStorageWithRepositoriesStaysWhereItIs() {
    ObjectNode request = request("UPDATE", "{storage: {provider: s3, s3: {bucket: b2}}}");
    request.set("oldObject", read("{spec: {storage: {provider: s3, s3: {bucket: b1}}}, status: {repositories: [{name: r}]}}"));
    assertThat(ask("validate", "storage", "backupstorage", request).at("/status/details/causes/0/field").asText())
        .isEqualTo("spec.storage");

    request.set("oldObject", read("{spec: {storage: {provider: s3, s3: {bucket: b1}}}}"));
    assertThat(ask("validate", "storage", "backupstorage", request).path("allowed").asBoolean()).isTrue();
  }

  @Test
  void whatIsBeingDeletedPassesWhateverStandsInIt() {
    ObjectNode request = request("UPDATE", "{}");
    ((ObjectNode) request.at("/object/metadata")).put("deletionTimestamp", "2026-03-02T08:00:00Z");

    assertThat(ask("validate", "core", "backupconfiguration", request).path("allowed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      core    | hooktemplate        | {}                                  | [{op: add, path: /spec/usagePolicy, value: {allowedNamespaces: {from: Same}}}]
      core    | backupblueprint     | {usagePolicy: {}}                   | []
      storage | retentionpolicy     | {usagePolicy: {}}                   | [{op: add, path: /spec/failedSnapshots, value: {last: 1}}]
      storage | retentionpolicy     | {usagePolicy: {}, failedSnapshots: {last: 3}} | []
      storage | backupstorage       | {usagePolicy: {}, storage: {s3: {bucket: b/, prefix: p//, endpoint: 'http://e'}}} | [{op: replace, path: /spec/storage/s3/bucket, value: b}, {op: replace, path: /spec/storage/s3/prefix, value: p/}]
      storage | backupstorage       | {usagePolicy: {}, storage: nonsense} | []
      core    | backupconfiguration | {}                                  | [{op: add, path: /spec/backends, value: [{storageRef: {namespace: demo, name: standard}, retentionPolicy: {namespace: demo, name: keep}}]}]
      core    | backupconfiguration | {backends: [{storageRef: {name: s}}]} | [{op: add, path: /spec/backends/0/retentionPolicy, value: {namespace: demo, name: keep}}]
      core    | backupconfiguration | {backends: 7}                       | []
      """)
  void fillsInWhatIsMissing(String group, String kind, String spec, String patch) throws IOException {
    String answer = ask("mutate", group, kind, request("CREATE", spec)).path("patch").asText();

    assertThat(answer.isEmpty() ? Json.MAPPER.createArrayNode() : Json.MAPPER.readTree(Base64.getDecoder().decode(answer)))
        .isEqualTo(read(patch));
  }

  @Test
  void answersNothingElse() {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.set("request", request("CREATE", "{}"));

    assertThat(reviewer.answer("/validate-apps-v1-deployment", review)).isEmpty();
    assertThat(reviewer.answer("/validate-core-kubestash-com-v1alpha1-backupbatch", read("{}"))).isEmpty();
  }

  private JsonNode ask(String verb, String group, String kind, ObjectNode request) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.set("request", request);
    JsonNode answer = reviewer.answer("/" + verb + "-" + group + "-kubestash-com-v1alpha1-" + kind, review)
        .orElseThrow();
    assertThat(answer.at("/response/uid").asText()).isEqualTo("u-1");
    return answer.path("response");
  }

  private static ObjectNode request(String operation, String spec) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("uid", "u-1").put("operation", operation)
        .put("namespace", "demo").put("name", "it");
    ObjectNode object = request.putObject("object");
    object.putObject("metadata").put("namespace", "demo").put("name", "it");
    object.set("spec", read(spec));
    return request;
  }

  private static JsonNode read(String yaml) {
    try {
      return Json.MAPPER.readTree(Json.YAML.readTree(yaml).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(read(yaml), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  /** A namespace with a default storage and policy, and a storage elsewhere that lets nobody in. */
  private static final class Neighbours implements Surroundings {
    @Override
    public Collection<BackupStorage> storages() {
      return List.of(ReviewerTest.read("{metadata: {namespace: demo, name: standard}, spec: {default: true, "
          + "storage: {provider: s3, s3: {bucket: taken, prefix: p}}}}", BackupStorage.class));
    }

    @Override
    public Collection<RetentionPolicy> policies() {
      return List.of(ReviewerTest.read("{metadata: {namespace: demo, name: keep}, spec: {default: true}}",
          RetentionPolicy.class));
    }

    @Override
    public List<Repository> repositories(String namespace, BackupConfigurationSpec configuration) {
      return List.of();
    }

    @Override
    public Defaults defaults(String namespace) {
      return new Defaults(namespace, Map.of(),
          List.of(new Candidate(new ObjectReference("demo", "standard"), null)),
          List.of(new Candidate(new ObjectReference("demo", "keep"), null)));
    }

    @Override
    public UsageQuestion usage(String namespace) {
      return (_, reference) -> reference.name().equals("closed");
    }
  }
}
