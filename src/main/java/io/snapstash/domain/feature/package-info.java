/** What the API knows and this version does not act on: one list per kind, so that an object can say so. */
package io.snapstash.domain.feature;
