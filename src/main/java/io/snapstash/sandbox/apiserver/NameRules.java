package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How names, labels, annotations, owners and finalizers may look. */
final class NameRules {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern QUALIFIED_PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final int LONGEST_NAME = 253;
  private static final int ANNOTATIONS_LIMIT = 262_144;
  private static final Set<String> PATH_NAMED = Set.of("roles", "rolebindings", "clusterroles", "clusterrolebindings");

  private final List<FieldError> errors = new ArrayList<>();

  private NameRules() {}

  static List<FieldError> check(ApiResource resource, JsonNode object) {
    NameRules rules = new NameRules();
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asText("");
    if (name.isEmpty()) {
      rules.errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else {
      rules.name(resource, name);
    }
    String prefix = metadata.path("generateName").asText("");
    if (prefix.length() > LONGEST_NAME) {
      rules.errors.add(FieldError.invalid("metadata.generateName", prefix,
          "must be no more than " + LONGEST_NAME + " characters"));
    }
    rules.errors.addAll(labels("metadata.labels", metadata.path("labels")));
    rules.annotations(metadata.path("annotations"));
    rules.owners(metadata.path("ownerReferences"));
    for (JsonNode finalizer : metadata.path("finalizers")) {
      rules.qualified("metadata.finalizers", finalizer.asText());
    }
    return rules.errors;
  }

  private void name(ApiResource resource, String name) {
    String field = "metadata.name";
    if (resource.isBuiltin() && PATH_NAMED.contains(resource.plural())) {
      if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
        errors.add(FieldError.invalid(field, name, "may not contain '/' or '%', nor be '.' or '..'"));
      }
    } else if (resource.is("namespaces")) {
      plainLabel(field, name);
    } else if (resource.is("services")) {
      matches(field, name, 63, LABEL_1035, "a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
          + "start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', "
          + "regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    } else {
      subdomain(field, name);
      if (resource.is("cronjobs") && name.length() > 52) {
        errors.add(FieldError.invalid(field, name, "must be no more than 52 characters"));
      }
    }
  }

  private void plainLabel(String field, String name) {
    matches(field, name, 63, LABEL, "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or "
        + "'-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
        + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
  }

  /** For names inside an object, such as that of a container. */
  static List<FieldError> label(String field, String name) {
    NameRules rules = new NameRules();
    rules.plainLabel(field, name);
    return rules.errors;
  }

  private void subdomain(String field, String name) {
    matches(field, name, LONGEST_NAME, SUBDOMAIN, "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric "
        + "characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used "
        + "for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }

  private void matches(String field, String text, int longest, Pattern pattern, String advice) {
    if (text.length() > longest) {
      String unit = pattern == LABEL_VALUE ? " bytes" : " characters";
      errors.add(FieldError.invalid(field, text, "must be no more than " + longest + unit));
    }
    if (!pattern.matcher(text).matches()) {
      errors.add(FieldError.invalid(field, text, advice));
    }
  }

  /** Also for labels elsewhere, such as those of a Pod template. */
  static List<FieldError> labels(String field, JsonNode labels) {
    NameRules rules = new NameRules();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      rules.qualified(field, label.getKey());
      rules.matches(field, label.getValue().asText(), 63, LABEL_VALUE, "a valid label must be an empty string or consist "
          + "of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. "
          + "'MyValue',  or 'my_value',  or '12345', regex used for validation is "
          + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
    }
    return rules.errors;
  }

  private void annotations(JsonNode annotations) {
    long size = 0;
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      qualified("metadata.annotations", annotation.getKey());
      size += annotation.getKey().getBytes(StandardCharsets.UTF_8).length
          + annotation.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > ANNOTATIONS_LIMIT) {
      errors.add(FieldError.tooLong("metadata.annotations", ANNOTATIONS_LIMIT));
    }
  }

  private void qualified(String field, String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (slash >= 0 && (slash > 253 || !SUBDOMAIN.matcher(key.substring(0, slash)).matches())) {
      errors.add(FieldError.invalid(field, key, "prefix part must be a lowercase RFC 1123 subdomain"));
    }
    if (name.length() > 63) {
      errors.add(FieldError.invalid(field, key, "name part must be no more than 63 bytes"));
    }
    if (!QUALIFIED_PART.matcher(name).matches()) {
      errors.add(FieldError.invalid(field, key, "name part must consist of alphanumeric characters, '-', '_' or '.', and "
          + "must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
          + "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
    }
  }

  private void owners(JsonNode owners) {
    List<String> controllers = new ArrayList<>();
    for (int at = 0; at < owners.size(); at++) {
      JsonNode owner = owners.get(at);
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(field).asText("").isEmpty()) {
          errors.add(FieldError.invalid("metadata.ownerReferences[" + at + "]." + field, "", "must not be empty"));
        }
      }
      if (owner.path("controller").asBoolean()) {
        controllers.add(owner.path("name").asText());
      }
    }
    if (controllers.size() > 1) {
      errors.add(FieldError.invalid("metadata.ownerReferences", owners, "Only one reference can have Controller set to "
          + "true. Found \"true\" in references for " + controllers.get(0) + " and " + controllers.get(1)));
    }
  }
}
