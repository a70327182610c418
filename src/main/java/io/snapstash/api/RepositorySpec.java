package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a Repository is for. The path is relative to the prefix of the storage and never changes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositorySpec(
    @Doc("Application whose backups live here.")
    TypedObjectReference appRef,
    @Doc("BackupStorage that holds the data.")
    ObjectReference storageRef,
    @Doc("Folder relative to the prefix of the storage. Cannot be changed.")
    String path,
    @Doc("Delete keeps the data when this object is deleted, WipeOut removes it.")
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    @Doc("Accepted, not used for volume snapshots.")
    ObjectReference encryptionSecret,
    @Doc("Ignore further events.")
    Boolean paused) {}
