/** What a BackupBlueprint makes of an annotated object (behaviour 13). */
package io.snapstash.domain.blueprint;
