package io.snapstash.sandbox.apiserver;

import java.util.Optional;
import java.util.Set;

/**
 * In which form objects are shown: whole, metadata alone, or a table of columns; from the Accept header. Metadata alone
 * is asked for by one name for an object or a watch, and by another one for a list; either is refused for the other.
 */
record Form(Shape shape, String version, String includeObject) {
  enum Shape { WHOLE, METADATA, METADATA_LIST, TABLE }

  private static final Set<String> VERSIONS = Set.of("v1", "v1beta1");
  static final Form WHOLE = new Form(Shape.WHOLE, "v1", "");

  /** The first form in the header that there is; refuses a header that names none. */
  static Form of(ApiRequest request) {
    String accepted = request.header("Accept");
    if (accepted.isBlank()) {
      return WHOLE;
    }
    for (String offer : accepted.split(",")) {
      Optional<Form> form = offered(offer.strip(), request.parameter("includeObject"));
      if (form.isPresent()) {
        return form.get();
      }
    }
    throw Failures.notAcceptable("only the following media types are accepted: application/json");
  }

  private static Optional<Form> offered(String offer, String includeObject) {
    String[] parts = offer.split(";");
    String type = parts[0].strip();
    if (!type.equals("application/json") && !type.equals("*/*") && !type.equals("application/*")) {
      return Optional.empty();
    }
    String group = "";
    String as = "";
    String version = "";
    for (int at = 1; at < parts.length; at++) {
      String part = parts[at].strip();
      if (part.startsWith("as=")) {
        as = part.substring(3);
      } else if (part.startsWith("v=")) {
        version = part.substring(2);
      } else if (part.startsWith("g=")) {
        group = part.substring(2);
      }
    }
    if (as.isEmpty()) {
      return Optional.of(WHOLE);
    }
    return group.equals("meta.k8s.io") && VERSIONS.contains(version) ? converted(as, version, includeObject)
        : Optional.empty();
  }

  private static Optional<Form> converted(String as, String version, String includeObject) {
    return switch (as) {
      case "Table" -> Optional.of(new Form(Shape.TABLE, version, includeObject));
      case "PartialObjectMetadata" -> Optional.of(new Form(Shape.METADATA, version, ""));
      case "PartialObjectMetadataList" -> Optional.of(new Form(Shape.METADATA_LIST, version, ""));
      default -> Optional.empty();
    };
  }

  String apiVersion() {
    return "meta.k8s.io/" + version;
  }
}
