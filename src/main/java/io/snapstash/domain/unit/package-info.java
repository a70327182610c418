/** Texts with a unit, as Kubernetes and the published kinds write them: durations, sizes, quantities. */
package io.snapstash.domain.unit;
