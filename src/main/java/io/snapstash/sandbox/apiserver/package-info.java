/**
 * A Kubernetes API server in memory, within the process: what an operator depends on, as kube-apiserver 1.36 does it.
 *
 * <p>All state belongs to one event loop; nothing here blocks, nothing here needs a lock. Objects are JSON trees that
 * are never changed once stored. Requests become an {@link io.snapstash.sandbox.apiserver.ApiRequest}, are answered by
 * one class per group of verbs, and every write ends in {@link io.snapstash.sandbox.apiserver.Store}, which numbers it,
 * remembers it for watches, and tells those that are open.
 */
package io.snapstash.sandbox.apiserver;
