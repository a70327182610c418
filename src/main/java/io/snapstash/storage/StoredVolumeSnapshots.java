package io.snapstash.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.snapstash.api.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The annotation that remembers VolumeSnapshots (storage-layout 2.6). */
public final class StoredVolumeSnapshots {
  private StoredVolumeSnapshots() {}

  public static String format(List<StoredVolumeSnapshot> volumeSnapshots) {
    return Json.MAPPER.valueToTree(volumeSnapshots).toString();
  }

  /** Empty if the text is no such list; it may come from anybody. */
  public static Optional<List<StoredVolumeSnapshot>> parse(String text) {
    try {
      List<StoredVolumeSnapshot> found = Json.MAPPER.readValue(text, new TypeReference<List<StoredVolumeSnapshot>>() {});
      return found == null || found.stream().anyMatch(Objects::isNull) ? Optional.empty()
          : Optional.of(List.copyOf(found));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
