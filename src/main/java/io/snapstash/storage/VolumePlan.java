package io.snapstash.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Json;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a Job is to do on the volume of a {@code local} BackupStorage (storage-layout 5). What it is about is the most
 * special thing that is named: a Snapshot, a Repository, or the storage itself. All a Job needs is in here, so that it
 * has to read nothing of the cluster.
 *
 * @param data the VolumeSnapshots of the Snapshot, for its stored copy
 * @param entry what of the storage is to be synchronised
 * @param version of the operator, for a new metadata.yaml
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumePlan(BackupStorage storage, Optional<Repository> repository, Optional<Snapshot> snapshot,
    List<StoredVolumeSnapshot> data, Optional<StoredRepository> entry, String version) {

  /** The same with nulls, as it is written. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Written(BackupStorage storage, Repository repository, Snapshot snapshot,
      List<StoredVolumeSnapshot> data, StoredRepository entry, String version) {}

  public VolumePlan {
    data = List.copyOf(data);
  }

  public static VolumePlan of(BackupStorage storage, String version) {
    return new VolumePlan(storage, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), version);
  }

  public VolumePlan about(Repository which) {
    return new VolumePlan(storage, Optional.of(which), snapshot, data, entry, version);
  }

  public VolumePlan about(Snapshot which, List<StoredVolumeSnapshot> its) {
    return new VolumePlan(storage, repository, Optional.of(which), its, entry, version);
  }

  public VolumePlan about(StoredRepository which) {
    return new VolumePlan(storage, repository, snapshot, data, Optional.of(which), version);
  }

  /** Packed, because a variable of a process holds 128 KiB, and a Snapshot of a thousand claims is larger. */
  public String encode() {
    try {
      return pack(Json.MAPPER.writeValueAsString(new Written(storage, repository.orElse(null), snapshot.orElse(null),
          data, entry.orElse(null), version)));
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("what was read as JSON can be written as JSON", bug);
    }
  }

  /** @throws IllegalArgumentException if the text is no plan */
  public static VolumePlan decode(String text) {
    try {
      Written read = Json.MAPPER.readValue(unpack(text), Written.class);
      return new VolumePlan(read.storage(), Optional.ofNullable(read.repository()),
          Optional.ofNullable(read.snapshot()), read.data() == null ? List.of() : read.data(),
          Optional.ofNullable(read.entry()), read.version());
    } catch (JsonProcessingException | UncheckedIOException unreadable) {
      throw new IllegalArgumentException("the plan of this Job is unreadable", unreadable);
    }
  }

  static String pack(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  static String unpack(String text) {
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return new String(packed.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
