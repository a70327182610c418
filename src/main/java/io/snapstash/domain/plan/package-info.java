/**
 * What the operator tells a Job. The Job runs with the rights of one namespace; whatever needs more (classes, drivers,
 * other namespaces) is looked up by the operator and written down here. A plan is made once per Job: a re-run of the
 * Pod reads the same plan and so ends in the same place.
 */
package io.snapstash.domain.plan;
