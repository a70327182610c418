/** The part of Go's text templates, with functions of Sprig, that hooks may use (behaviour 11.7). */
package io.snapstash.domain.gotemplate;
