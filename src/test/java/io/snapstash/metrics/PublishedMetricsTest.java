package io.snapstash.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.EveryKind;
import io.snapstash.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name of behaviour 16, with the labels and the value that it has for one whole object. */
@Rule("behaviour 16.1")
@Rule("behaviour 16.2")
@Rule("behaviour 16.3")
@Rule("behaviour 16.4")
@Rule("behaviour 16.5")
@Rule("behaviour 16.6")
@Rule("behaviour 16.7")
class PublishedMetricsTest {
  private static final String TARGET = "target_kind=Deployment,target_name=shop,target_namespace=apps";

  /** Name, labels (the namespace comes on top), value. */
  private static final String PUBLISHED = """
      # core_kubestash_com_backupconfiguration_ backup_invoker_kind=BackupConfiguration,backup_invoker_name=web,%1$s
      created                                                                               1767225600
      info                                                                                  1
      sessions session_name=frequent,schedule=0 * * * *,addon_name=workload-addon           1
      phase phase=Ready                                                                     1
      phase phase=NotReady                                                                  0
      phase phase=Invalid                                                                   0
      conditions condition=ValidationPassed,status=True                                     1
      # core_kubestash_com_backupsession_ invoker_kind=BackupSession,invoker_name=web-1,\
      backup_invoker_kind=BackupConfiguration,backup_invoker_name=web
      created                                                                               1772452800
      info session=frequent,phase=Succeeded                                                 1
      snapshots snapshot_name=repo-web-1,snapshot_phase=Succeeded,repository=repo,\
      backedup_app_kind=Deployment,backedup_app_name=shop,backedup_app_namespace=apps       1
      phase phase=Pending                                                                   0
      phase phase=Running                                                                   0
      phase phase=Succeeded                                                                 1
      phase phase=Failed                                                                    0
      phase phase=Skipped                                                                   0
      duration_seconds                                                                      25
      conditions condition=BackupExecutorEnsured,status=True                                1
      # core_kubestash_com_restoresession_ invoker_kind=RestoreSession,invoker_name=back,%1$s
      created                                                                               1772453400
      info datasource_namespace=demo,repository=repo,snapshot=latest,addon_name=workload-addon,phase=Succeeded 1
      phase phase=Pending                                                                   0
      phase phase=Running                                                                   0
      phase phase=Succeeded                                                                 1
      phase phase=Failed                                                                    0
      phase phase=Invalid                                                                   0
      phase phase=Unknown                                                                   0
      duration_seconds                                                                      62
      component_count_total                                                                 2
      conditions condition=RestoreExecutorEnsured,status=True                               1
      # storage_kubestash_com_backupstorage_ invoker_kind=BackupStorage,invoker_name=s3
      created                                                                               1767225600
      info provider=s3,default=true,deletionPolicy=WipeOut,phase=Ready                      1
      repository_size_bytes repo_name=repo,repo_namespace=demo,repo_path=/web               2048
      phase phase=Ready                                                                     1
      phase phase=NotReady                                                                  0
      size_bytes                                                                            2048
      conditions condition=BackendInitialized,status=True                                   1
      # storage_kubestash_com_repository_ invoker_kind=Repository,invoker_name=repo,%1$s
      created                                                                               1767225600
      info path=/web,phase=Ready,integrity=true                                             1
      last_successful_backup                                                                1772452800
      size_bytes                                                                            2048
      snapshot_count_total                                                                  1
      conditions condition=RepositoryInitialized,status=True                                1
      # storage_kubestash_com_snapshot_ invoker_kind=Snapshot,invoker_name=repo-web-1,%1$s
      created                                                                               1772452800
      info snapshot_type=FullBackup,repository=repo,session=frequent,backupsession=web-1,version=v1,phase=Succeeded,\
      integrity=true                                                                        1
      phase phase=Pending                                                                   0
      phase phase=Running                                                                   0
      phase phase=Succeeded                                                                 1
      phase phase=Failed                                                                    0
      size_bytes                                                                            2048
      time_seconds                                                                          1772452805
      component_count_total                                                                 1
      conditions condition=SnapshotMetadataUploaded,status=True                             1
      """.formatted(TARGET);

  /** As Prometheus would write them. */
  static Stream<String> published() {
    List<String> all = new ArrayList<>();
    String prefix = "";
    String own = "";
    for (String line : PUBLISHED.lines().toList()) {
      if (line.startsWith("# ")) {
        prefix = line.split(" ")[1];
        own = line.split(" ")[2];
      } else {
        int value = line.lastIndexOf(' ');
        String[] words = line.substring(0, value).strip().split(" ", 2);
        String labels = own + ",namespace=demo" + (words.length == 1 ? "" : "," + words[1].strip());
        all.add(prefix + words[0] + Stream.of(labels.split(",")).sorted().toList() + line.substring(value));
      }
    }
    return all.stream();
  }

  private static Set<String> served(String without) {
    return MetricsText.of(ObjectMetrics.of(EveryKind.without(without), 5), MetricsText.PROMETHEUS).lines()
        .filter(line -> !line.startsWith("#")).map(line -> line.substring(0, line.indexOf('{'))
            + Stream.of(line.substring(line.indexOf('{') + 1, line.indexOf('}')).replace("\"", "").split(",")).sorted()
                .toList() + line.substring(line.indexOf('}') + 1)).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("published")
  void isServed(String series) {
    assertThat(served("")).contains(series);
  }

  @Test
  void andNothingBesides() {
    assertThat(served("")).containsExactlyInAnyOrderElementsOf(published().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BackupConfiguration", "BackupSession", "RestoreSession", "BackupStorage", "Repository",
      "Snapshot"})
  void theSeriesOfAKindGoWithItsObjectsAndOnlyThey(String kind) {
    String name = kind.toLowerCase(Locale.ROOT);
    Set<String> gone = new TreeSet<>(served(""));
    gone.removeAll(served(kind));

    assertThat(gone).isNotEmpty().allMatch(series -> series.startsWith("core_kubestash_com_" + name + "_")
        || series.startsWith("storage_kubestash_com_" + name + "_"));
    assertThat(served(kind)).noneMatch(series -> series.contains("_com_" + name + "_"));
  }
}
