/**
 * From a Snapshot and claim templates to the claims of a restore (behaviour 8.2-8.11). The published guides give
 * templates without a data source and rules for none; which entry of the Snapshot a template gets is decided here.
 */
package io.snapstash.domain.restore;
