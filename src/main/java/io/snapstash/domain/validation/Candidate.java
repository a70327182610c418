package io.snapstash.domain.validation;

import io.snapstash.api.ObjectReference;
import io.snapstash.api.UsagePolicy;

/** A BackupStorage or RetentionPolicy with {@code default: true}, as the choice of a default sees it (behaviour 4.1). */
public record Candidate(ObjectReference reference, UsagePolicy usage) {}
