/** What stands on the way between our programs and the servers they ask, and plays that this way is bad. */
package io.snapstash.wire;
