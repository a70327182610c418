/**
 * Metrics in Prometheus' and OpenMetrics' text: those of objects are made from what is there at the moment, so that
 * their series go with them, and those of the process are counted in a bounded number of series.
 */
package io.snapstash.metrics;
