package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Repository that a session writes to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryInfo(
    String name, String backend, ObjectReference backupVerifier, String directory, ObjectReference encryptionSecret,
    String deletionPolicy) {}
