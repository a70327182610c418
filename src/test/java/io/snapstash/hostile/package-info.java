/** Input that nobody meant well. */
package io.snapstash.hostile;
