/**
 * Conditions and component states become one phase (behaviour 3). Nothing here knows what caused them; whoever sets a
 * condition says so with its reason, and the phase follows.
 */
package io.snapstash.domain.phase;
