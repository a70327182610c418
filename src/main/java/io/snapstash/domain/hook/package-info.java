/** Hooks around backups and restores (behaviour 11): which is next, what it says once it is filled in, what is shown. */
package io.snapstash.domain.hook;
