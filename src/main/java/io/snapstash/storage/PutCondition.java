package io.snapstash.storage;

/** When a put may happen; otherwise it fails with {@link StoreFailure.Kind#PRECONDITION_FAILED}. */
public sealed interface PutCondition {
  /** Whatever is there is replaced. */
  record Always() implements PutCondition {}

  /** Nothing is there under the key. */
  record IfAbsent() implements PutCondition {}

  /** What is there is still what was read, by its entity tag. */
  record IfMatch(String tag) implements PutCondition {}

  static PutCondition always() {
    return new Always();
  }

  static PutCondition ifAbsent() {
    return new IfAbsent();
  }

  static PutCondition ifMatch(String tag) {
    return new IfMatch(tag);
  }
}
