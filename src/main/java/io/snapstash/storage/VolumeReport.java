package io.snapstash.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import io.snapstash.api.StoredRepository;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The last word of a Job on a volume: its termination message, of which Kubernetes keeps 4096 bytes.
 *
 * @param error what went wrong; empty if nothing did
 * @param listed the Repositories of metadata.yaml, after initialisation
 * @param snapshots how many files were seen, after synchronisation
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record VolumeReport(String error, List<StoredRepository> listed, long snapshots) {
  private static final int MOST_BYTES = 4096;
  private static final int LONGEST_ERROR = 1000;

  public VolumeReport {
    error = error == null ? "" : error.substring(0, Math.min(error.length(), LONGEST_ERROR));
    listed = listed == null ? List.of() : List.copyOf(listed);
  }

  public static VolumeReport done() {
    return new VolumeReport("", List.of(), 0);
  }

  public static VolumeReport failed(String error) {
    return new VolumeReport(error, List.of(), 0);
  }

  /** Plain JSON, or the same packed; empty if it is too long even so. */
  public Optional<String> encode() {
    try {
      String plain = Json.MAPPER.writeValueAsString(this);
      String shorter = plain.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES ? plain : VolumePlan.pack(plain);
      return Optional.of(shorter).filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("a report can always be written", bug);
    }
  }

  /** Empty for what a command of ours did not write. */
  public static Optional<VolumeReport> decode(String message) {
    try {
      String plain = message.startsWith("{") ? message : VolumePlan.unpack(message.strip());
      return Optional.of(Json.MAPPER.readValue(plain, VolumeReport.class));
    } catch (JsonProcessingException | IllegalArgumentException | UncheckedIOException foreign) {
      return Optional.empty();
    }
  }
}
