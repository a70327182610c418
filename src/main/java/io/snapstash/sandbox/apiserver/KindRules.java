package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What one kind fills in and refuses beyond what holds for all. */
interface KindRules {
  KindRules NONE = new KindRules() { };

  /** Before a new object is checked: defaults, and what a client may not set. */
  default void beforeCreate(ObjectNode object) {}

  /** Before a changed object is checked. */
  default void beforeUpdate(ObjectNode object, ObjectNode old) {}

  /** What is wrong with the object; old is empty when it is new. */
  default List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    return List.of();
  }
}
