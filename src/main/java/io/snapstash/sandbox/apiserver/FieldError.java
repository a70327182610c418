package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Collectors;

/** One thing wrong with one field, as {@code details.causes} of a Status tells it. */
record FieldError(String reason, String field, String message) {
  static FieldError required(String field, String detail) {
    return new FieldError("FieldValueRequired", field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
  }

  static FieldError invalid(String field, JsonNode value, String detail) {
    return new FieldError("FieldValueInvalid", field, "Invalid value: " + shown(value) + ": " + detail);
  }

  static FieldError invalid(String field, String value, String detail) {
    return invalid(field, TextNode.valueOf(value), detail);
  }

  static FieldError wrongType(String field, JsonNode value, String detail) {
    return new FieldError("FieldValueTypeInvalid", field, "Invalid value: " + shown(value) + ": " + detail);
  }

  static FieldError unsupported(String field, JsonNode value, List<String> supported) {
    return new FieldError("FieldValueNotSupported", field, "Unsupported value: " + shown(value)
        + ": supported values: " + supported.stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(", ")));
  }

  static FieldError duplicate(String field, JsonNode value) {
    return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + shown(value));
  }

  static FieldError notFound(String field, JsonNode value) {
    return new FieldError("FieldValueNotFound", field, "Not found: " + shown(value));
  }

  static FieldError immutable(String field, JsonNode value) {
    return invalid(field, value, "field is immutable");
  }

  static FieldError forbidden(String field, String detail) {
    return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
  }

  static FieldError tooLong(String field, int limit) {
    return new FieldError("FieldValueTooLong", field, "Too long: may not be more than " + limit + " bytes");
  }

  static FieldError tooMany(String field, int count, int limit) {
    return new FieldError("FieldValueTooMany", field,
        "Too many: " + count + ": must have at most " + limit + " items");
  }

  /** Rules are not run on an object whose schema does not hold. */
  static FieldError unchecked() {
    return new FieldError("FieldValueInvalid", "<nil>", "Invalid value: null: some validation rules were not checked "
        + "because the object was invalid; correct the existing errors to complete validation");
  }

  String text() {
    return field + ": " + message;
  }

  private static String shown(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "null" : value.toString();
  }
}
