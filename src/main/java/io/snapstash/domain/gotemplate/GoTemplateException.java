package io.snapstash.domain.gotemplate;

/** A text that is no template, or one that cannot be carried out; the message is for the author of the text. */
public final class GoTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GoTemplateException(String message) {
    super(message, null, false, false);
  }
}
