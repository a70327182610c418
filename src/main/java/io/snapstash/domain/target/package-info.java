/**
 * From a workload to the claims that have to be captured (behaviour 6.8-6.10). Workloads come as trees, because only a
 * few of their fields matter and those are the same in all kinds.
 */
package io.snapstash.domain.target;
