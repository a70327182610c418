package io.snapstash.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.sandbox.Manifests;
import io.snapstash.api.BackupVerifierSpec;
import io.snapstash.api.BackupBlueprintSpec;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.Json;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpec;
import io.snapstash.api.RestoreSessionSpec;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.rules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
  private static final UsageQuestion FREE = (kind, reference) -> false;
  private static final String GOOD = """
      target: {apiGroup: apps, kind: Deployment, name: shop}
      backends:
      - {name: s3, storageRef: {name: store}, retentionPolicy: {namespace: demo, name: keep}}
      sessions:
      - name: nightly
        scheduler: {schedule: '0 2 * * *', jobTemplate: {}}
        addon: {name: workload-addon, tasks: [{name: volume-snapshot}]}
        repositories: [{name: repo, backend: s3, directory: /shop}]
      """;

  @Test
  @Rule("behaviour 12.4")
  void aSoundConfigurationHasNoViolations() {
    assertThat(configuration(GOOD, List.of(), FREE)).isEmpty();
  }

  @ParameterizedTest
  @Rule("behaviour 12.4")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      /backends                              | []               | spec.backends                                    | REQUIRED
      /backends/0/storageRef                 | null             | spec.backends[0].storageRef                      | REQUIRED
      /backends/0/retentionPolicy            | null             | spec.backends[0].retentionPolicy                 | REQUIRED
      /sessions                              | []               | spec.sessions                                    | REQUIRED
      /sessions/0/name                       | ''               | spec.sessions[0].name                            | REQUIRED
      /sessions/0/scheduler                  | null             | spec.sessions[0].scheduler                       | REQUIRED
      /sessions/0/scheduler/schedule         | 'at noon'        | spec.sessions[0].scheduler.schedule              | INVALID
      /sessions/0/addon                      | null             | spec.sessions[0].addon                           | REQUIRED
      /sessions/0/addon/name                 | null             | spec.sessions[0].addon.name                      | REQUIRED
      /sessions/0/addon/tasks                | []               | spec.sessions[0].addon.tasks                     | REQUIRED
      /sessions/0/addon/tasks/0/name         | ''               | spec.sessions[0].addon.tasks[0].name             | REQUIRED
      /sessions/0/repositories               | []               | spec.sessions[0].repositories                    | REQUIRED
      /sessions/0/repositories/0/backend     | gcs              | spec.sessions[0].repositories[0].backend         | INVALID
      /sessions/0/repositories/0/directory   | null             | spec.sessions[0].repositories[0].directory       | REQUIRED
      /sessions/0/backupTimeout              | '30'             | spec.sessions[0].backupTimeout                   | INVALID
      /sessions/0/retryConfig                | {delay: -1m}     | spec.sessions[0].retryConfig.delay               | INVALID
      """)
  void tellsWhichFieldOfAConfigurationIsWrong(String pointer, String value, String field, Violation.Rule rule) {
    ObjectNode spec = read(GOOD, ObjectNode.class);
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) spec.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), read(value, JsonNode.class));

    assertThat(configuration(spec.toString(), List.of(), FREE))
        .extracting(Violation::field, Violation::rule).contains(tuple(field, rule));
  }

  @Test
  @Rule("behaviour 12.4")
  void namesAreUsedOnce() {
    String twice = """
        backends:
        - {storageRef: {name: a}, retentionPolicy: {name: k}}
        - {storageRef: {name: b}, retentionPolicy: {name: k}}
        sessions:
        - {name: n, scheduler: {schedule: '@daily'}, addon: {name: a, tasks: [{name: t}]},
           repositories: [{name: r, directory: x}, {name: r, directory: y}]}
        - {name: n, scheduler: {schedule: '@daily'}, addon: {name: a, tasks: [{name: t}]},
           repositories: [{name: r, directory: x}]}
        """;

    assertThat(configuration(twice, List.of(), FREE)).extracting(Violation::field).containsExactly(
        "spec.backends[1].name", "spec.sessions[1].name", "spec.sessions[0].repositories[1].name");
  }

  @Test
  @Rule("behaviour 12.4")
  void twoRepositoriesNeverShareAFolderOfOneStorage() {
    String shared = GOOD.replace("directory: /shop}]",
        "directory: /shop}, {name: other, backend: s3, directory: shop/}]");
    String apart = shared.replace("backends:\n", "backends:\n- {name: b2, storageRef: {name: two}, "
        + "retentionPolicy: {name: k}}\n").replace("{name: other, backend: s3", "{name: other, backend: b2");

    assertThat(configuration(shared, List.of(), FREE)).extracting(Violation::field)
        .containsExactly("spec.sessions[0].repositories[1].directory");
    assertThat(configuration(apart, List.of(), FREE)).isEmpty();
  }

  @Test
  @Rule("behaviour 12.4")
  void anExistingRepositoryIsUsedAgainOnlyForTheSameThing() {
    Repository same = repository("demo", "repo", "{appRef: {kind: Deployment, name: shop, namespace: demo}, "
        + "storageRef: {namespace: demo, name: store}, path: /shop}");
    Repository otherApp = repository("demo", "repo", "{appRef: {kind: StatefulSet, name: shop}, "
        + "storageRef: {name: store}, path: /shop}");
    Repository otherStorage = repository("demo", "repo", "{appRef: {kind: Deployment, name: shop}, "
        + "storageRef: {namespace: far, name: store}, path: /shop}");
    Repository elsewhere = repository("far", "repo", "{storageRef: {namespace: demo, name: store}, path: shop}");

    assertThat(configuration(GOOD, List.of(same), FREE)).isEmpty();
    assertThat(configuration(GOOD, List.of(otherApp), FREE)).extracting(Violation::message)
        .containsExactly("the existing Repository belongs to StatefulSet demo/shop");
    assertThat(configuration(GOOD, List.of(otherStorage), FREE)).extracting(Violation::message)
        .containsExactly("the existing Repository is on storage far/store");
    assertThat(configuration(GOOD, List.of(elsewhere), FREE)).extracting(Violation::message)
        .containsExactly("is the directory of Repository far/repo on the same storage");
  }

  @Test
  @Rule("behaviour 12.4")
  void usagePoliciesAreAskedWithTheNamespaceFilledIn() {
    UsageQuestion strict = (kind, reference) -> reference.namespace().equals("demo");
    String hooked = GOOD + "  hooks: {preBackup: [{name: h, hookTemplate: {name: freeze}}]}\n";

    assertThat(configuration(hooked, List.of(), strict)).extracting(Violation::field).containsExactly(
        "spec.backends[0].storageRef", "spec.backends[0].retentionPolicy",
        "spec.sessions[0].hooks.preBackup[0].hookTemplate");
  }

  @ParameterizedTest
  @Rule("behaviour 12.6")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      {snapshot: snap}                                                   | -
      {snapshot: latest, repository: r}                                  | -
      {pitr: {targetTime: '2024-01-16T10:00:00Z'}, repository: r}        | -
      {}                                                                 | spec.dataSource.snapshot
      {repository: r}                                                    | spec.dataSource.snapshot
      {snapshot: latest}                                                 | spec.dataSource.repository
      {pitr: {}, repository: r}                                          | spec.dataSource.pitr.targetTime
      {pitr: {targetTime: '2024-01-16T10:00:00Z'}}                       | spec.dataSource.repository
      """)
  void aRestoreNeedsASource(String source, String field) {
    RestoreSessionSpec spec = read("{dataSource: " + source + ", addon: {name: a, tasks: [{name: t}]}}",
        RestoreSessionSpec.class);

    assertThat(RestoreSessionRules.check("demo", spec, FREE)).extracting(Violation::field)
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  @Rule("behaviour 12.6")
  void aRestoreWithoutSourceAndAddonIsRefusedKindly() {
    assertThat(RestoreSessionRules.check("demo", read("{restoreTimeout: soon}", RestoreSessionSpec.class), FREE))
        .extracting(Violation::field).containsExactly("spec.dataSource", "spec.addon", "spec.restoreTimeout");
  }

  @ParameterizedTest
  @Rule("behaviour 12.7")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      {executor: {type: Operator}, action: {exec: {command: [a]}}}                  | -
      {executor: {type: Function, function: {name: f}}}                             | -
      {executor: {type: Pod, pod: {selector: 'a=b,c=d'}}, action: {}}               | -
      {}                                                                            | spec.executor
      {executor: {}}                                                                | spec.executor.type
      {executor: {type: Operator}}                                                  | spec.action
      {executor: {type: Function}}                                                  | spec.executor.function
      {executor: {type: Pod}, action: {}}                                           | spec.executor.pod
      {executor: {type: Pod, pod: {}}, action: {}}                                  | spec.executor.pod.selector
      {executor: {type: Pod, pod: {selector: 'a=b,c'}}, action: {}}                 | spec.executor.pod.selector
      """)
  void aHookTemplateSaysWhatIsDoneAndByWhom(String spec, String field) {
    assertThat(LocalRules.check(read(spec, HookTemplateSpec.class))).extracting(Violation::field)
        .isEqualTo(field == null ? List.of() : List.of(field));
  }

  @Test
  @Rule("behaviour 12.1")
  @Rule("behaviour 12.2")
  @Rule("behaviour 12.3")
  @Rule("behaviour 12.8")
  void smallerKindsHaveTheirRules() {
    String selector = "usagePolicy: {allowedNamespaces: {from: Selector}}";

    assertThat(LocalRules.check(read("{" + selector + "}", BackupStorageSpec.class))).hasSize(1);
    assertThat(LocalRules.check(read("{" + selector + "}", BackupBlueprintSpec.class))).hasSize(2);
    assertThat(LocalRules.check(read("{maxRetentionPeriod: 2 weeks}", RetentionPolicySpec.class))).hasSize(1);
    assertThat(LocalRules.check(read("{}", RetentionPolicySpec.class))).hasSize(1);
    assertThat(LocalRules.check(read("{successfulSnapshots: {last: 3}}", RetentionPolicySpec.class))).isEmpty();
    assertThat(LocalRules.checkUpdate(read("{path: a}", RepositorySpec.class), read("{path: b}", RepositorySpec.class)))
        .hasSize(1);
    BackupStorageSpec here = read("{storage: {provider: s3}}", BackupStorageSpec.class);
    BackupStorageSpec there = read("{storage: {provider: gcs}}", BackupStorageSpec.class);
    assertThat(LocalRules.checkUpdate(here, there, true)).hasSize(1);
    assertThat(LocalRules.checkUpdate(here, there, false)).isEmpty();
  }

  private static List<Violation> configuration(String spec, List<Repository> repositories, UsageQuestion usage) {
    return BackupConfigurationRules.check("demo", read(spec, BackupConfigurationSpec.class), repositories, usage);
  }

  private static Repository repository(String namespace, String name, String spec) {
    return read("{metadata: {namespace: " + namespace + ", name: " + name + "}, spec: " + spec + "}", Repository.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  @Test
  @Rule("behaviour 12.9")
  void aVerifierNeedsWhatItsTypeNeeds() throws JsonProcessingException {
    assertThat(verifier("{}")).containsExactly("spec.restoreOption", "spec.scheduler", "spec.type");
    String rest = "restoreOption: {addonInfo: {name: a}}, scheduler: {schedule: '* * * * *', jobTemplate: {}}";
    assertThat(verifier("{type: RestoreOnly, " + rest + "}")).isEmpty();
    assertThat(verifier("{type: Query, " + rest + "}")).containsExactly("spec.query", "spec.function");
    assertThat(verifier("{type: Script, script: {}, " + rest + "}"))
        .containsExactly("spec.script.location", "spec.function");
    assertThat(verifier("{type: RestoreOnly, restoreOption: {}, scheduler: {schedule: '* * * * *', jobTemplate: {}}}"))
        .containsExactly("spec.restoreOption.addonInfo");
  }

  private static List<String> verifier(String yaml) throws JsonProcessingException {
    return LocalRules.check(Json.MAPPER.treeToValue(Manifests.parse(yaml).getFirst(), BackupVerifierSpec.class))
        .stream().map(Violation::field).toList();
  }
}
