/** Which Snapshots are kept, each with its reason (behaviour 9). So far only the text of a period is understood. */
package io.snapstash.domain.retention;
