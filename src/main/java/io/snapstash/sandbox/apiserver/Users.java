package io.snapstash.sandbox.apiserver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who asks: a bearer token is taken for the user's name, without any check. */
final class Users {
  static final String ADMIN = "admin";

  private Users() {}

  static String of(ApiRequest request) {
    String header = request.header("Authorization");
    if (header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length()).strip();
    }
    if (header.startsWith("Basic ")) {
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
        return new String(decoded, StandardCharsets.UTF_8).replaceAll(":.*", "");
      } catch (IllegalArgumentException _) {
        return ADMIN;
      }
    }
    return ADMIN;
  }
}
