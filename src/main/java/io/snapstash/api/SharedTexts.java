package io.snapstash.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads texts so that equal short ones are, most of the time, one object. The operator holds thousands of objects whose
 * labels, conditions and references say the same; without this, half of its heap is copies of a few words.
 *
 * <p>The table is small and forgetful. Threads may race on it: what is lost is one copy.
 */
final class SharedTexts extends StringDeserializer {
  private static final long serialVersionUID = 1L;
  private static final int SLOTS = 1 << 13;
  private static final int LONGEST = 64;

  private final transient String[] known = new String[SLOTS];

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    String text = super.deserialize(parser, context);
    return text == null || text.length() > LONGEST ? text : shared(text);
  }

  private String shared(String text) {
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    String before = known[slot];
    if (text.equals(before)) {
      return before;
    }
    known[slot] = text;
    return text;
  }
}
