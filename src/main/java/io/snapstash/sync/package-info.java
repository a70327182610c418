/** Gives a cluster the Repositories and Snapshots back that a storage holds (storage-layout 6.2). */
package io.snapstash.sync;
