/** Commands for people, who run them where kubectl runs: status, trigger, pause, resume, debug (behaviour 15). */
package io.snapstash.cli;
