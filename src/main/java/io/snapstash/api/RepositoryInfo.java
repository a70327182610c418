package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Repository that a session writes to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryInfo(
    @Limit(253) String name,
    @Limit(253) String backend,
    ObjectReference backupVerifier,
    @Required(notEmpty = true) String directory,
    ObjectReference encryptionSecret,
    @Allowed({"Delete", "WipeOut", "Retain"}) String deletionPolicy) {}
