package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a CustomResourceDefinition demands of an object: first the schema, then its rules. */
record CustomRules(CustomKind kind) implements KindRules {
  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    List<FieldError> errors = new ArrayList<>(kind.schema().validate(object, old));
    if (errors.isEmpty()) {
      errors.addAll(kind.rules().check(object, old));
    } else if (kind.rules().any()) {
      errors.add(FieldError.unchecked());
    }
    return errors;
  }
}
