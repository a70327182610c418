/** What goes and what stays (behaviour 9): after a run, and told beforehand. */
package io.snapstash.controller.retention;
