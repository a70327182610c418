package io.snapstash.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** An event as the core API wants it. Messages are cut, and bare of what looks like a credential in an address. */
record EventBody(Notice notice, Instant now) {
  private static final int LONGEST_MESSAGE = 1000;
  private static final int LONGEST_NAME = 230;
  private static final String US = "snapstash";
  private static final Pattern CREDENTIALS = Pattern.compile(
      "(?<=://)[^/@\\s]+(?=@)|(?i)(?<=[?&](?:sig|token|x-amz-signature|x-amz-credential|x-amz-security-token)=)[^&\\s]+");

  String namespace() {
    return notice.about().namespace().isEmpty() ? "default" : notice.about().namespace();
  }

  String name() {
    String identity = notice.uid() + notice.reason() + notice.series();
    String hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 16)
        .replace("-", "");
    return shortened(notice.about().name()) + "." + hash;
  }

  /** The event when it is told for the first time. */
  ObjectNode first() {
    String when = when();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    ObjectNode metadata = event.putObject("metadata").put("namespace", namespace()).put("name", name());
    occurrence(metadata);
    event.putObject("involvedObject").put("apiVersion", notice.apiVersion()).put("kind", notice.kind())
        .put("namespace", notice.about().namespace()).put("name", notice.about().name()).put("uid", notice.uid());
    event.put("type", notice.warning() ? "Warning" : "Normal").put("reason", notice.reason())
        .put("message", message()).put("count", 1).put("firstTimestamp", when).put("lastTimestamp", when);
    event.putObject("source").put("component", US);
    event.put("reportingComponent", US).put("reportingInstance", US);
    return event;
  }

  /** What changes on the event that is there when the same thing has happened again. */
  ObjectNode again(int count) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    occurrence(patch.putObject("metadata"));
    return patch.put("count", count + 1).put("lastTimestamp", when()).put("message", message());
  }

  private void occurrence(ObjectNode metadata) {
    if (!notice.occurrence().isEmpty()) {
      metadata.putObject("annotations").put(Labels.OCCURRENCE, notice.occurrence());
    }
  }

  private String when() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String message() {
    String bare = CREDENTIALS.matcher(notice.message()).replaceAll("***");
    return bare.length() > LONGEST_MESSAGE ? bare.substring(0, LONGEST_MESSAGE - 1) + "…" : bare;
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME).replaceAll("[-.]+$", "") : name;
  }
}
