/** A task of an Addon, the Function behind it and the values for its {@code ${…}} become a Job (behaviour 5). */
package io.snapstash.domain.template;
