package io.snapstash.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column of {@code kubectl get}. The column Age ends every kind and is not named. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Column.Many.class)
public @interface Column {
  String name();

  String type() default "string";

  String format() default "";

  String path();

  /** Several columns, in order. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Many {
    Column[] value();
  }
}
