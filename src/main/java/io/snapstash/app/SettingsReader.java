package io.snapstash.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.domain.unit.GoDuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads settings from defaults, then a file, then the environment ({@code SNAPSTASH_} and the path in upper case with
 * underscores). A name that is no setting and a value that is out of range stop the program and are named.
 */
public final class SettingsReader {
  private static final String PREFIX = "SNAPSTASH_";
  /** Handed over by the operator to its Jobs; no setting. */
  private static final String PLAN = "SNAPSTASH_PLAN";
  /** What the kubelet adds for a Service called {@code snapstash}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("SNAPSTASH_(SERVICE_(HOST|PORT).*|PORT(_\\d+_(TCP|UDP).*)?)");

  private static final Pattern QUANTITY = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?(m|k|M|G|Ki|Mi|Gi)?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern URL = Pattern.compile("https?://[\\w.\\-]+(:\\d+)?(/[\\w.\\-/]*)?");

  private static final Map<String, String> DEFAULTS = defaults();

  /** A value and where it was found. */
  private record Found(String value, String source) {}

  private final Map<String, Found> found = new HashMap<>();

  private SettingsReader() {}

  private static Map<String, String> defaults() {
    Map<String, String> all = new TreeMap<>();
    all.put("log.level", "info");
    all.put("log.format", "text");
    all.put("http.host", "0.0.0.0");
    all.put("http.port", "8080");
    all.put("http.tokenFromLoopback", "false");
    all.put("webhooks.enabled", "true");
    all.put("webhooks.port", "9443");
    all.put("metrics.newestPerOwner", "5");
    all.put("image", "");
    all.put("watchNamespaces", "");
    all.put("concurrency", "16");
    all.put("job.cpu", "50m");
    all.put("job.memory", "96Mi");
    all.put("kube.maxRequests", "64");
    all.put("kube.requestTimeout", "30s");
    all.put("leaderElection.enabled", "true");
    all.put("leaderElection.namespace", "");
    all.put("retry.initial", "10s");
    all.put("retry.max", "10m");
    all.put("backup.defaultBackupTimeout", "12h");
    all.put("backup.defaultRestoreTimeout", "12h");
    all.put("backup.podPendingThreshold", "5m");
    all.put("backup.startSpread", "10s");
    all.put("limits.runs", "0");
    all.put("limits.snapshotsPerDriver", "100");
    all.put("limits.snapshotsPerClass", "0");
    all.put("storage.recheck", "5m");
    all.put("storage.requestTimeout", "60s");
    all.put("storage.localFolder", "");
    all.put("storage.gcs.endpoint", "");
    all.put("storage.azure.endpoint", "");
    all.put("catalogue.importHandles", "true");
    all.put("snapshots.contentPolicy", "class");
    all.put("shutdownGrace", "25s");
    return Map.copyOf(all);
  }

  /** Names of all settings, sorted. */
  public static Set<String> names() {
    return new TreeSet<>(DEFAULTS.keySet());
  }

  /** @throws UsageException names the setting, where it stands and what is allowed */
  public static Settings read(Optional<Path> file, Map<String, String> environment) {
    SettingsReader reader = new SettingsReader();
    DEFAULTS.forEach((name, value) -> reader.found.put(name, new Found(value, "default")));
    file.ifPresent(reader::file);
    reader.environment(environment);
    return reader.settings();
  }

  private void file(Path file) {
    try {
      JsonNode tree = Json.YAML.readTree(Files.readAllBytes(file));
      if (tree != null && tree.isObject()) {
        walk("", tree, file.toString());
      }
    } catch (IOException unreadable) {
      throw new UsageException("settings file " + file + " cannot be read: "
          + unreadable.getMessage().lines().findFirst().orElse(""));
    }
  }

  private void walk(String path, JsonNode tree, String source) {
    tree.properties().forEach(field -> {
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (field.getValue().isObject()) {
        walk(name, field.getValue(), source);
      } else if (DEFAULTS.containsKey(name)) {
        found.put(name, new Found(text(field.getValue()), source));
      } else {
        throw new UsageException("unknown setting " + name + " in " + source);
      }
    });
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      StringBuilder all = new StringBuilder();
      value.forEach(each -> all.append(all.isEmpty() ? "" : ",").append(each.asText()));
      return all.toString();
    }
    return value.isNull() ? "" : value.asText();
  }

  private void environment(Map<String, String> environment) {
    Map<String, String> names = DEFAULTS.keySet().stream().collect(Collectors.toMap(SettingsReader::variable, n -> n));
    environment.forEach((variable, value) -> {
      if (!variable.startsWith(PREFIX) || variable.equals(PLAN) || SERVICE_LINK.matcher(variable).matches()) {
        return;
      }
      String name = names.get(variable);
      if (name == null) {
        throw new UsageException("environment variable " + variable + " names no setting");
      }
      found.put(name, new Found(value, "environment variable " + variable));
    });
  }

  private static String variable(String setting) {
    return PREFIX + setting.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private Settings settings() {
    Settings settings = new Settings(
        new Settings.Log(choice("log.level", Settings.Level.class), choice("log.format", Settings.Format.class)),
        new Settings.Http(value("http.host"), number("http.port", 0, 65535), flag("http.tokenFromLoopback")),
        new Settings.Webhooks(truth("webhooks.enabled"), number("webhooks.port", 0, 65535)),
        new Settings.Metrics(number("metrics.newestPerOwner", 0, 1000)),
        value("image").isEmpty() ? "snapstash/snapstash:" + Version.TEXT : value("image"),
        namespaces("watchNamespaces"),
        number("concurrency", 1, 1000),
        new Settings.Job(quantity("job.cpu"), quantity("job.memory")),
        new Settings.Kube(number("kube.maxRequests", 1, 10000), positive("kube.requestTimeout")),
        new Settings.LeaderElection(truth("leaderElection.enabled"), value("leaderElection.namespace")),
        new Settings.Retry(positive("retry.initial"), positive("retry.max")),
        new Settings.Backup(duration("backup.defaultBackupTimeout"), duration("backup.defaultRestoreTimeout"),
            positive("backup.podPendingThreshold"), duration("backup.startSpread")),
        new Settings.Limits(number("limits.runs", 0, 100000), number("limits.snapshotsPerDriver", 0, 100000),
            number("limits.snapshotsPerClass", 0, 100000)),
        new Settings.Storage(positive("storage.recheck"), positive("storage.requestTimeout"),
            value("storage.localFolder"),
            cloud("storage.gcs.endpoint", ""), cloud("storage.azure.endpoint", "{account}")),
        new Settings.Catalogue(flag("catalogue.importHandles")),
        new Settings.Snapshots(choice("snapshots.contentPolicy", Settings.ContentPolicy.class)),
        duration("shutdownGrace"));
    if (settings.retry().max().compareTo(settings.retry().initial()) < 0) {
      throw wrong("retry.max", "at least retry.initial");
    }
    return settings;
  }

  private String value(String name) {
    return found.get(name).value().strip();
  }

  private String quantity(String name) {
    String text = value(name);
    if (!text.isEmpty() && !QUANTITY.matcher(text).matches()) {
      throw wrong(name, "empty or a quantity such as 100m, 0.5 or 96Mi");
    }
    return text;
  }

  private Set<String> namespaces(String name) {
    Set<String> names = Arrays.stream(value(name).split(",")).map(String::strip).filter(each -> !each.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
    if (!names.stream().allMatch(each -> NAMESPACE.matcher(each).matches())) {
      throw wrong(name, "empty or names of namespaces, separated by commas");
    }
    return names;
  }

  private boolean truth(String name) {
    return switch (value(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  private int number(String name, int least, int most) {
    try {
      int number = Integer.parseInt(value(name));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, like one that is out of range.
    }
    throw wrong(name, "a whole number from " + least + " to " + most);
  }

  private Settings.Cloud cloud(String name, String placeholder) {
    String url = value(name);
    if (!url.isEmpty() && !URL.matcher(placeholder.isEmpty() ? url : url.replace(placeholder, "x")).matches()) {
      throw wrong(name, "empty or a URL that begins with http:// or https://");
    }
    return new Settings.Cloud(url);
  }

  private boolean flag(String name) {
    return switch (value(name).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  private Duration duration(String name) {
    return GoDuration.parse(value(name)).filter(duration -> !duration.isNegative())
        .orElseThrow(() -> wrong(name, "a duration such as 90s or 1h30m"));
  }

  private Duration positive(String name) {
    Duration duration = duration(name);
    if (duration.isZero()) {
      throw wrong(name, "a duration above zero");
    }
    return duration;
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).filter(each -> each.name().equalsIgnoreCase(value(name))).findFirst()
        .orElseThrow(() -> wrong(name, "one of " + Arrays.stream(type.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
  }

  private UsageException wrong(String name, String allowed) {
    return new UsageException("setting " + name + " (" + found.get(name).source() + ") is '" + value(name)
        + "', but must be " + allowed);
  }
}
