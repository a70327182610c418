/**
 * Makes the CustomResourceDefinitions of {@code k8s/crds} out of the records of {@code io.snapstash.api}. A tool for
 * the build: a test keeps the committed files in step, nothing else uses it.
 */
package io.snapstash.crd;
