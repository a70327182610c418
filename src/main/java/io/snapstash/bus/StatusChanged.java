package io.snapstash.bus;

import io.snapstash.engine.ResourceKey;
import java.time.Instant;

/** Told once after a status was written, never before. Phase and reason may be empty. */
public record StatusChanged(String kind, ResourceKey key, String phase, String reason, Instant at) {}
