package io.snapstash.storage;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/** A file that is written and taken away again, to see whether a storage can be worked with. */
public final class Trial {
  public static final String FILE = "debug_metadata.yaml";
  private static final byte[] CONTENT = "debug: true\n".getBytes(StandardCharsets.UTF_8);

  private Trial() {}

  /** Fails as the backend does. */
  public static Future<Void> of(ObjectStore store) {
    return store.put(FILE, CONTENT, PutCondition.always()).compose(_ -> store.delete(FILE));
  }
}
