/** Running hooks (behaviour 11): in Pods, from here, or as Jobs. */
package io.snapstash.controller.hook;
