/**
 * When a CronJob runs next, and which slot a run belongs to. The CronJob controller of the cluster does the running;
 * these rules accept what it accepts and count as it counts, so that a status tells the truth (kubernetes facts 8).
 */
package io.snapstash.domain.schedule;
