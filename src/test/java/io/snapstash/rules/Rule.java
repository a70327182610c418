package io.snapstash.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which rule of the specification a test, or every test of a class, shows: {@code @Rule("behaviour 7.3")}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(ManyRules.class)
public @interface Rule {
  String value();
}
