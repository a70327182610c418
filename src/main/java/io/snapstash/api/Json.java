package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How objects are written and read: unknown fields are ignored, absent values left out, instants are RFC 3339 in UTC
 * and whole seconds, as Kubernetes stores them.
 */
public final class Json {
  public static final ObjectMapper MAPPER = configured(JsonMapper.builder().build());
  /** For what is kept in memory by the thousand. Never for Secrets: the table that it shares texts by outlives them. */
  public static final ObjectMapper SHARING = configured(JsonMapper.builder().build())
      .registerModule(new SimpleModule("shared texts").addDeserializer(String.class, new SharedTexts()));
  public static final ObjectMapper YAML = configured(YAMLMapper.builder(YAMLFactory.builder()
      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
      .disable(YAMLGenerator.Feature.SPLIT_LINES)
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
      .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS).build()).build());

  private Json() {}

  private static ObjectMapper configured(ObjectMapper mapper) {
    return mapper
        .registerModule(new JavaTimeModule())
        .registerModule(new SimpleModule().addSerializer(Instant.class, new WholeSeconds()))
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private static final class WholeSeconds extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    WholeSeconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider) throws IOException {
      out.writeString(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
