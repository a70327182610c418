package io.snapstash.domain.gotemplate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value with fixed fields. To ask it for another is a mistake of the template, as in Go; a map would say nothing. */
public record Struct(Map<String, Object> fields) {
  public Struct {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
