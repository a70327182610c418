/** What the CustomResourceDefinitions say beyond the types of the records. */
package io.snapstash.api.schema;
