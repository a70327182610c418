package io.snapstash.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.GcsBackend;
import io.snapstash.api.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A bucket of Google Cloud Storage and how to get at it, checked (storage-layout 3). */
record GcsConnection(URI endpoint, String bucket, Identity identity) {
  private static final String PUBLIC = "https://storage.googleapis.com";
  private static final String KEY = "GOOGLE_SERVICE_ACCOUNT_JSON_KEY";
  private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";
  /** Google's own rule; other names could reach out of the path of the bucket. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  /** Who we are to Google. */
  sealed interface Identity {
    /** The key of a service account, from a Secret. It never shows in a text. */
    record Key(String json) implements Identity {
      @Override
      public String toString() {
        return "Key[…]";
      }
    }

    /** What a file of the process says, for instance a workload identity federation. */
    record FromFile(Path file) implements Identity {}

    /** The ServiceAccount of the Pod, as the metadata server of the node knows it. */
    record Ambient() implements Identity {}
  }

  /** The environment matters only without a Secret. */
  static GcsConnection of(GcsBackend spec, Optional<Map<String, byte[]>> secret, Map<String, String> environment,
      String endpoint) {
    if (spec.bucket() == null || spec.bucket().isBlank()) {
      throw StoreFailure.badConfiguration("spec.storage.gcs.bucket is missing");
    }
    if (!NAME.matcher(spec.bucket()).matches()) {
      throw StoreFailure.badConfiguration("spec.storage.gcs.bucket is not the name of a bucket");
    }
    Identity identity = SecretData.named(spec.secretName(), secret).map(GcsConnection::key)
        .orElseGet(() -> ambient(environment));
    return new GcsConnection(URI.create(endpoint.isEmpty() ? PUBLIC : endpoint), spec.bucket(), identity);
  }

  private static Identity ambient(Map<String, String> environment) {
    String file = environment.getOrDefault(FILE, "");
    return file.isBlank() ? new Identity.Ambient() : new Identity.FromFile(Path.of(file));
  }

  /**
   * Other kinds of credentials name files and addresses of their own choice, which the operator would read and call
   * for whoever may write the Secret: only the key of a service account is taken.
   */
  private static Identity key(SecretData secret) {
    String json = secret.required(KEY);
    JsonNode tree = tree(secret.name(), json);
    if (!tree.path("type").asText().equals("service_account")) {
      throw unusable(secret.name(), "is not the key of a service account");
    }
    for (String field : List.of("client_email", "private_key", "private_key_id", "client_id")) {
      if (tree.path(field).asText().isBlank()) {
        throw unusable(secret.name(), "has no " + field);
      }
    }
    return new Identity.Key(json);
  }

  private static JsonNode tree(String name, String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException _) {
      throw unusable(name, "is no JSON");
    }
  }

  private static StoreFailure unusable(String name, String why) {
    return StoreFailure.badConfiguration(KEY + " of Secret " + name + " " + why);
  }
}
