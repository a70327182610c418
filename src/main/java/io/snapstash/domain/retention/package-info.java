/** Which Snapshots are kept and which may go, each with its reason (behaviour 9). */
package io.snapstash.domain.retention;
