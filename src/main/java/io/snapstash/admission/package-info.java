/** Admission webhooks (behaviour 12): what is asked, the answers, the certificate, and what the API server is told. */
package io.snapstash.admission;
