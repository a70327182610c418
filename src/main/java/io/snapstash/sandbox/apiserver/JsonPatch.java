package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/** RFC 6902. An operation that cannot be done refuses the whole patch with 422. */
final class JsonPatch {
  /** What was stored as a long number equals the same number that came in as a short one. */
  private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
      ? one.decimalValue().compareTo(other.decimalValue()) : one.equals(other) ? 0 : 1;

  private final ObjectNode holder;

  private JsonPatch(ObjectNode document) {
    this.holder = document.objectNode();
    holder.set("root", document.deepCopy());
  }

  static JsonNode apply(ObjectNode document, JsonNode operations) {
    if (!operations.isArray()) {
      throw Failures.badRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    }
    JsonPatch patch = new JsonPatch(document);
    operations.forEach(patch::perform);
    return patch.holder.get("root");
  }

  private void perform(JsonNode operation) {
    String path = operation.path("path").asText();
    JsonNode value = operation.path("value");
    switch (operation.path("op").asText()) {
      case "add" -> add(path, value.deepCopy());
      case "remove" -> remove(path);
      case "replace" -> replace(path, value.deepCopy());
      case "copy" -> add(path, require(operation.path("from").asText()).deepCopy());
      case "move" -> {
        JsonNode moved = require(operation.path("from").asText());
        remove(operation.path("from").asText());
        add(path, moved);
      }
      case "test" -> {
        JsonNode found = at(path);
        boolean absent = found.isMissingNode() && (value.isNull() || value.isMissingNode());
        if (!absent && !found.equals(NUMBERS_BY_VALUE, value)) {
          throw refused("testing path " + path + " failed");
        }
      }
      default -> throw refused("unknown operation: " + operation.path("op").asText());
    }
  }

  private JsonNode at(String path) {
    return holder.at(pointer(path));
  }

  private JsonNode require(String path) {
    JsonNode found = at(path);
    if (found.isMissingNode()) {
      throw refused("missing key: " + path);
    }
    return found;
  }

  private void add(String path, JsonNode value) {
    JsonPointer pointer = pointer(path);
    JsonNode parent = holder.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    if (parent instanceof ArrayNode array) {
      int index = last.equals("-") ? array.size() : index(last);
      if (index < 0 || index > array.size()) {
        throw refused("Unable to access invalid index: " + last);
      }
      array.insert(index, value);
    } else if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else {
      throw refused("add operation does not apply: doc is missing path: \"" + path + "\"");
    }
  }

  /** A member that is not there yet is taken all the same, as the real server does; a place in a list is not. */
  private void replace(String path, JsonNode value) {
    if (holder.at(pointer(path).head()).isArray()) {
      remove(path);
    }
    add(path, value);
  }

  private void remove(String path) {
    require(path);
    JsonPointer pointer = pointer(path);
    JsonNode parent = holder.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    if (parent instanceof ArrayNode array) {
      array.remove(index(last));
    } else if (parent instanceof ObjectNode object) {
      object.remove(last);
    }
  }

  private static int index(String text) {
    return text.matches("\\d{1,8}") ? Integer.parseInt(text) : -1;
  }

  private static JsonPointer pointer(String path) {
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw refused("invalid path: " + path);
    }
    return JsonPointer.compile("/root" + path);
  }

  private static ApiFailure refused(String why) {
    return Failures.unprocessable("the server rejected our request due to an error in our request: " + why);
  }
}
