package io.snapstash.domain.hook;

/**
 * One hook of one run.
 *
 * @param uid of the BackupSession or RestoreSession
 * @param after whether it runs after the work
 * @param occurrence which of those of the same name, from 0
 */
public record HookKey(String uid, boolean after, String name, int occurrence) {}
