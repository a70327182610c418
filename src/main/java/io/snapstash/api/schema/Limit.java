package io.snapstash.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The most characters of a text or the most items of a list. Without limits the API server counts a {@link Rule} inside
 * a list as unaffordable and refuses the whole CustomResourceDefinition.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Limit {
  int value();
}
