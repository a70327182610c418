package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Repository that a session writes to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryInfo(
    @Doc("Name of the Repository that is made.")
    @Limit(253) String name,
    @Doc("Name of a backend; absent means the backend with the empty name.")
    @Limit(253) String backend,
    ObjectReference backupVerifier,
    @Doc("Folder relative to the prefix of the storage.")
    @Required(notEmpty = true) String directory,
    @Doc("Accepted, not used for volume snapshots.")
    ObjectReference encryptionSecret,
    @Allowed({"Delete", "WipeOut", "Retain"}) String deletionPolicy) {}
