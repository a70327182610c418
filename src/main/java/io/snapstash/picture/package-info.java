/**
 * What people want to know at a glance, computed from objects: could everything be restored right now? Pure, so that the
 * page, the stream and the terminal tell the same.
 */
package io.snapstash.picture;
