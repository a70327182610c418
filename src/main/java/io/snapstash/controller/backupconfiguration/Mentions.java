package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Phases;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.References;
import io.snapstash.controller.Targets;
import io.snapstash.domain.Absent;
import io.snapstash.engine.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a BackupConfiguration depends on, as words of an index: in a cluster with thousands of them and tens of
 * thousands of workloads, no change elsewhere may ask them one by one.
 */
final class Mentions {
  /** It takes whatever storage or policy is the default of its namespace. */
  static final String DEFAULTS = "defaults";
  /** Something it needs is not there, whatever its name. */
  static final String LACKING = "lacking";
  /** Refused, perhaps for a directory that somebody else has. */
  static final String INVALID = "invalid";

  private Mentions() {}

  static String storage(ResourceKey key) {
    return "storage " + key;
  }

  static String policy(ResourceKey key) {
    return "policy " + key;
  }

  static String repository(ResourceKey key) {
    return "repository " + key;
  }

  static String hookTemplate(ResourceKey key) {
    return "hooktemplate " + key;
  }

  static String addon(String name) {
    return "addon " + name;
  }

  /** A CronJob of that name that goes may be the one that was in the way. */
  static String cronJob(ResourceKey key) {
    return "cronjob " + key;
  }

  static String target(String kind, ResourceKey key) {
    return "target " + kind + " " + key;
  }

  /** It waits for claims of its target to be bound. */
  static String claims(String namespace) {
    return "claims " + namespace;
  }

  /** Each may be said more than once. */
  static List<String> of(BackupConfiguration configuration) {
    if (configuration.getSpec() == null || configuration.getSpec().target() == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    ConfigurationParts.backends(configuration).forEach(backend -> {
      words.add(storage(References.resolve(backend.storageRef(), configuration)));
      words.add(policy(References.resolve(backend.retentionPolicy(), configuration)));
    });
    ConfigurationParts.sessions(configuration).forEach(session -> session(words, configuration, session));
    TypedObjectReference target = Targets.resolve(configuration);
    words.add(target(String.valueOf(target.kind()), Targets.key(target)));
    if (FirstRun.isDue(configuration)) {
      words.add(claims(target.namespace()));
    }
    if (DefaultBackends.mayNeed(configuration)) {
      words.add(DEFAULTS);
    }
    if (lacksSomething(configuration)) {
      words.add(LACKING);
    }
    if (configuration.getStatus() != null && Phases.INVALID.equals(configuration.getStatus().phase())) {
      words.add(INVALID);
    }
    return words;
  }

  private static void session(List<String> words, BackupConfiguration configuration, Session session) {
    String namespace = configuration.getMetadata().getNamespace();
    ConfigurationParts.repositories(session).stream().map(RepositoryInfo::name).map(Absent::text)
        .forEach(name -> words.add(repository(new ResourceKey(namespace, name))));
    if (session.addon() != null) {
      words.add(addon(session.addon().name()));
    }
    if (session.name() != null) {
      words.add(cronJob(new ResourceKey(namespace, Schedules.cronJobName(configuration, session))));
    }
    Stream.ofNullable(session.hooks())
        .flatMap(hooks -> Stream.of(Absent.list(hooks.preBackup()), Absent.list(hooks.postBackup())))
        .flatMap(List::stream).map(hook -> hook.hookTemplate()).filter(Objects::nonNull)
        .forEach(template -> words.add(hookTemplate(References.resolve(template, configuration))));
  }

  private static boolean lacksSomething(BackupConfiguration configuration) {
    return configuration.getStatus() == null || Absent.list(configuration.getStatus().dependencies()).stream()
        .anyMatch(dependency -> !Boolean.TRUE.equals(dependency.found()));
  }
}
