package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Hooks around a backup. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupHooks(
    List<HookInfo> preBackup, List<HookInfo> postBackup) {}
