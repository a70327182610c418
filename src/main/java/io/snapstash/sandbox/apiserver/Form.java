package io.snapstash.sandbox.apiserver;

import java.util.Optional;

/** In which form objects are shown: whole, metadata alone, or a table of columns; from the Accept header. */
record Form(Shape shape, String version, String includeObject) {
  enum Shape { WHOLE, METADATA, TABLE }

  static final Form WHOLE = new Form(Shape.WHOLE, "v1", "");

  static Form of(ApiRequest request) {
    for (String offer : request.header("Accept").split(",")) {
      Optional<Form> form = offered(offer.strip(), request.parameter("includeObject"));
      if (form.isPresent()) {
        return form.get();
      }
    }
    return WHOLE;
  }

  private static Optional<Form> offered(String offer, String includeObject) {
    String[] parts = offer.split(";");
    String type = parts[0].strip();
    if (!type.equals("application/json") && !type.equals("*/*") && !type.equals("application/*")) {
      return Optional.empty();
    }
    String as = "";
    String version = "v1";
    for (int at = 1; at < parts.length; at++) {
      String part = parts[at].strip();
      if (part.startsWith("as=")) {
        as = part.substring(3);
      } else if (part.startsWith("v=")) {
        version = part.substring(2);
      }
    }
    return switch (as) {
      case "" -> Optional.of(WHOLE);
      case "Table" -> Optional.of(new Form(Shape.TABLE, version, includeObject));
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          Optional.of(new Form(Shape.METADATA, version, ""));
      default -> Optional.empty();
    };
  }

  String apiVersion() {
    return "meta.k8s.io/" + version;
  }
}
