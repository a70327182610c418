package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Hooks around a restore. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreHooks(
    List<HookInfo> preRestore, List<HookInfo> postRestore) {}
