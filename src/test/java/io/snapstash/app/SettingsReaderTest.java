package io.snapstash.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private static final Path DOCUMENTED = Path.of("conf/snapstash.yaml");

  @TempDir
  private Path folder;

  @Test
  void theDocumentedFileHoldsExactlyTheDefaults() {
    assertThat(SettingsReader.read(Optional.of(DOCUMENTED), Map.of()))
        .isEqualTo(SettingsReader.read(Optional.empty(), Map.of()));
  }

  @Test
  void theDocumentedFileNamesEverySetting() throws IOException {
    assertThat(names("", Json.YAML.readTree(DOCUMENTED.toFile()))).isEqualTo(SettingsReader.names());
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Path file = file("concurrency: 3\nhttp: {port: 1}\n");

    Settings settings = SettingsReader.read(Optional.of(file), Map.of("SNAPSTASH_HTTP_PORT", "2"));

    assertThat(settings.concurrency()).isEqualTo(3);
    assertThat(settings.http().port()).isEqualTo(2);
  }

  @Test
  void durationsMayHaveSeveralUnits() {
    Settings settings = SettingsReader.read(Optional.empty(),
        Map.of("SNAPSTASH_BACKUP_DEFAULTBACKUPTIMEOUT", "1h30m"));

    assertThat(settings.backup().defaultBackupTimeout()).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void cloudsMayHavePrivateEndpoints() {
    Settings settings = SettingsReader.read(Optional.empty(), Map.of(
        "SNAPSTASH_STORAGE_GCS_ENDPOINT", "http://127.0.0.1:4443/gcs",
        "SNAPSTASH_STORAGE_AZURE_ENDPOINT", "https://{account}.blob.core.usgovcloudapi.net"));

    assertThat(settings.storage().gcs().endpoint()).isEqualTo("http://127.0.0.1:4443/gcs");
    assertThat(settings.storage().azure().endpoint()).isEqualTo("https://{account}.blob.core.usgovcloudapi.net");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "SNAPSTASH_HTTP_PORT        | 70000 | http.port",
      "SNAPSTASH_HTTP_PORT        | many  | http.port",
      "SNAPSTASH_LOG_LEVEL        | loud  | log.level",
      "SNAPSTASH_RETRY_INITIAL    | 0s    | retry.initial",
      "SNAPSTASH_RETRY_MAX        | 1s    | retry.max",
      "SNAPSTASH_SHUTDOWNGRACE    | 10    | shutdownGrace",
      "SNAPSTASH_STORAGE_GCS_ENDPOINT   | gcs.example             | storage.gcs.endpoint",
      "SNAPSTASH_STORAGE_GCS_ENDPOINT   | https://{account}.cloud | storage.gcs.endpoint",
      "SNAPSTASH_STORAGE_AZURE_ENDPOINT | ftp://{account}.cloud   | storage.azure.endpoint",
      "SNAPSTASH_NO_SUCH_SETTING  | 1     | SNAPSTASH_NO_SUCH_SETTING"})
  void aWrongValueStopsTheProgramAndIsNamed(String variable, String value, String named) {
    assertThatThrownBy(() -> SettingsReader.read(Optional.empty(), Map.of(variable, value)))
        .isInstanceOf(UsageException.class).hasMessageContaining(named);
  }

  @Test
  void anUnknownNameInTheFileStopsTheProgramAndIsNamed() throws IOException {
    Path file = file("htpp: {port: 1}\n");

    assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of()))
        .isInstanceOf(UsageException.class).hasMessageContaining("htpp.port").hasMessageContaining(file.toString());
  }

  @Test
  void whatTheKubeletAddsForAServiceOfThatNameIsNoSetting() {
    Map<String, String> links = Map.of("SNAPSTASH_SERVICE_HOST", "10.0.0.1", "SNAPSTASH_SERVICE_PORT", "8080",
        "SNAPSTASH_PORT", "tcp://10.0.0.1:8080", "SNAPSTASH_PORT_8080_TCP_ADDR", "10.0.0.1");

    assertThat(SettingsReader.read(Optional.empty(), links)).isEqualTo(SettingsReader.read(Optional.empty(), Map.of()));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), text);
  }

  private static Set<String> names(String path, JsonNode tree) {
    Set<String> names = new TreeSet<>();
    tree.properties().forEach(field -> {
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (field.getValue().isObject()) {
        names.addAll(names(name, field.getValue()));
      } else {
        names.add(name);
      }
    });
    return names;
  }
}
