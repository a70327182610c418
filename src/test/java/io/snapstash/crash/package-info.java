/**
 * Stories in which something goes wrong at every write, to the API server and to the store, one after the other
 * ({@link io.snapstash.crash.Crashes}); JUnit tag {@code crash}. Every run must end like the undisturbed one.
 */
package io.snapstash.crash;
