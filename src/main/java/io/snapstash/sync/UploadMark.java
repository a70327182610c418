package io.snapstash.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Conditions;
import io.snapstash.api.Json;
import io.snapstash.api.Snapshot;
import io.snapstash.domain.phase.ConditionSet;

/** The condition that says that a Snapshot's file is in the storage. */
final class UploadMark {
  private UploadMark() {}

  static boolean isSet(Snapshot snapshot) {
    return snapshot.getStatus() != null
        && ConditionSet.of(snapshot.getStatus().conditions()).isTrue(Conditions.SNAPSHOT_METADATA_UPLOADED);
  }

  static ObjectNode removed(Snapshot snapshot) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", snapshot.getMetadata().getResourceVersion());
    patch.putObject("status").set("conditions", Json.MAPPER.valueToTree(
        ConditionSet.of(snapshot.getStatus().conditions()).without(Conditions.SNAPSHOT_METADATA_UPLOADED).items()));
    return patch;
  }
}
