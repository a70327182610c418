package io.snapstash.domain.template;

/** A text that is no template, or one that grows beyond all measure. Never leaves this package. */
final class TemplateException extends RuntimeException {
  TemplateException(String message) {
    super(message, null, false, false);
  }
}
