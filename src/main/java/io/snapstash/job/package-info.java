/**
 * What runs inside Job Pods: straight programs that read a plan, do one thing, wait for it and write what came of it.
 * A Pod may be killed at any moment and its successor runs the same program again, so everything made here has a name
 * that follows from the run, and what is there already and marked as this run's own counts as made.
 */
package io.snapstash.job;
