/** Deterministic, length-safe names and labels (behaviour 1 and 2). */
package io.snapstash.domain.naming;
