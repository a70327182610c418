package io.snapstash.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The arguments of {@code sandbox}. */
record SandboxOptions(boolean once, boolean drill, boolean local, Optional<Path> kubeconfig, boolean help) {
  static final String USAGE = """
      Usage: snapstash sandbox [--once] [--drill [--local]] [--kubeconfig FILE]

      Starts an API server, a simulated cluster, an S3 server and the operator in this process, applies the samples,
      and shows what becomes of them. Stays up for kubectl until it is stopped.

        --once              stop when the samples are done; exit code 0 only if every one succeeded, else 65
        --drill             play two disasters instead: the API server is thrown away and a new one recovers from the
                            bucket and the array; a namespace is deleted and recovered. Exit code as with --once
        --local             in the drill, keep the catalogue on a volume that only Jobs reach, not in a bucket
        --kubeconfig FILE   use that API server instead of the built-in one; its cluster must have no controllers
                            for Jobs, claims and snapshots of its own
      """;

  /** Wrong arguments are told as {@link IllegalArgumentException}. */
  static SandboxOptions parse(List<String> arguments) {
    boolean once = false;
    boolean drill = false;
    boolean local = false;
    boolean help = false;
    Optional<Path> kubeconfig = Optional.empty();
    for (int at = 0; at < arguments.size(); at++) {
      String argument = arguments.get(at);
      switch (argument) {
        case "--once" -> once = true;
        case "--help", "-h" -> help = true;
        case "--drill" -> drill = true;
        case "--local" -> local = true;
        case "--kubeconfig" -> {
          if (++at == arguments.size()) {
            throw new IllegalArgumentException("--kubeconfig needs a file");
          }
          kubeconfig = Optional.of(Path.of(arguments.get(at)));
        }
        default -> {
          if (!argument.startsWith("--kubeconfig=")) {
            throw new IllegalArgumentException("unknown argument: " + argument);
          }
          kubeconfig = Optional.of(Path.of(argument.substring(argument.indexOf('=') + 1)));
        }
      }
    }
    if (drill && kubeconfig.isPresent()) {
      throw new IllegalArgumentException("--drill throws its API server away, so it takes no --kubeconfig");
    }
    if (local && !drill) {
      throw new IllegalArgumentException("--local is for --drill only");
    }
    return new SandboxOptions(once, drill, local, kubeconfig, help);
  }
}
