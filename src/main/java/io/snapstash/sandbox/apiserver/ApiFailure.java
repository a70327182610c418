package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that is refused; carries the Status object that tells why. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectNode status;

  ApiFailure(ObjectNode status) {
    super(status.path("message").asText(), null, false, false);
    this.status = status;
  }

  ObjectNode status() {
    return status;
  }

  int code() {
    return status.path("code").asInt();
  }
}
