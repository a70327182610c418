/**
 * What the operator and the jobs cost in time, memory and requests. {@code mvn -Pbench verify} measures and prints a
 * table; nothing here fails because something is slow, and {@code mvn verify} leaves it out.
 *
 * <p>Operator and jobs are processes of their own, started from the jar with the flags of the image. The API server,
 * the simulated cluster and the object store run in the process that measures, on the same processors, so every figure
 * includes what these take.
 */
package io.snapstash.bench;
