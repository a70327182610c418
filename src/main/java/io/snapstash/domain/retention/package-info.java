/** Which Snapshots are kept and which may go, each with its reason (behaviour 9). Nothing acts on it so far. */
package io.snapstash.domain.retention;
