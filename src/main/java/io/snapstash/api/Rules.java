package io.snapstash.api;

/** CEL that several kinds share. */
final class Rules {
  /** For a list; an absent name counts as an empty one. Needs limits on the list and on the name. */
  static final String UNIQUE_NAMES = "self.all(x, self.exists_one(y,"
      + " (has(x.name) ? x.name : '') == (has(y.name) ? y.name : '')))";

  private static final String EACH_BACKEND = "!has(self.backends) || size(self.backends) == 0"
      + " || [self.backends.map(b, has(b.name) ? b.name : '')].all(names, self.sessions.all(s, s.repositories.all(r,"
      + " !has(r.backend) || r.backend == '' || r.backend in names";

  /**
   * For what has backends and sessions. Absent backends are filled in by admission. The names are collected once, in a
   * list of one list: compared one by one, the largest object would cost more than the API server spends on a rule.
   */
  static final String KNOWN_BACKENDS = EACH_BACKEND + ")))";

  static final String KNOWN_BACKENDS_IN_TEMPLATE = "!has(self.sessions) || " + EACH_BACKEND
      + " || r.backend.contains('${'))))";

  static final String KNOWN_BACKENDS_MESSAGE = "every repositories[].backend must be the name of one of the backends";

  /** For a root: a rule on spec itself is bypassed by removing spec and adding another. */
  static final String SAME_SPEC =
      "has(self.spec) == has(oldSelf.spec) && (!has(self.spec) || self.spec == oldSelf.spec)";

  private Rules() {}
}
