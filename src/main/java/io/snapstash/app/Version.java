package io.snapstash.app;

import java.util.Optional;

/** The version of the jar; {@code dev} when run from class files. */
public final class Version {
  public static final String TEXT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");

  private Version() {}
}
