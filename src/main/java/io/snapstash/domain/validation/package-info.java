/**
 * What is wrong with an object, all of it at once (behaviour 12). Webhook and reconciler ask the same questions; what
 * only the cluster knows, such as the usage policy of another object, is handed in as a question.
 */
package io.snapstash.domain.validation;
