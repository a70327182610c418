package io.snapstash.web;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The API server's word on tokens and rights. A failed future means that it could not be asked. */
public interface Reviewer {
  /** Who an accepted token belongs to. */
  record User(String name, String uid, List<String> groups) {}

  /** Empty if the token is not accepted. */
  Future<Optional<User>> authenticate(String token);

  /** Whether the user may list BackupSessions there; an empty namespace means in all. */
  Future<Boolean> mayLook(User user, String namespace);
}
