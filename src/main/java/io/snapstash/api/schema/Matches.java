package io.snapstash.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A regular expression (RE2) for a text. In a {@link Templated} part a text with <code>${…}</code> passes too. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Matches {
  /** Duration text as Go reads it, such as {@code 1h30m}. */
  String DURATION = "^[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$";

  /** Age text of a RetentionPolicy, such as {@code 1y6mo} (behaviour 9.1). */
  String PERIOD = "^\\s*([0-9]+(y|mo|w|d|h|m))*\\s*$";

  /**
   * Five fields or a macro, perhaps with a time zone before it. On purpose wider than what a CronJob takes: the
   * reconciler says exactly what is wrong, the schema only catches what cannot be a schedule.
   */
  String CRON = "^\\s*((CRON_TZ|TZ)=\\S+\\s+)?(@[a-z]+(\\s+\\S+)?|\\S+(\\s+\\S+){4})\\s*$";

  String value();
}
