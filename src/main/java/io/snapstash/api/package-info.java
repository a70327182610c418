/**
 * The custom resources as Java sees them: one class per kind, one record per object inside it. Records mirror the
 * JSON: null means absent, durations and quantities stay the texts they are, embedded Kubernetes types stay trees.
 * There is no logic here.
 */
package io.snapstash.api;
