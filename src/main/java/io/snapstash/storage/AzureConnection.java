package io.snapstash.storage;

import io.snapstash.api.AzureBackend;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A container of Azure's blob service and how to get at it, checked (storage-layout 3).
 *
 * @param url that of the container
 */
record AzureConnection(URI url, String account, String container, Identity identity) {
  private static final String PUBLIC = "https://{account}.blob.core.windows.net";
  private static final String PUBLIC_AUTHORITY = "https://login.microsoftonline.com/";
  private static final String KEY = "AZURE_ACCOUNT_KEY";
  /** Azure's own rules, and a guard: the account becomes part of the host that is shown a token. */
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{1,48}[a-z0-9]");
  private static final Pattern CONTAINER = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /** Who we are to Azure. */
  sealed interface Identity {
    /** The shared key of the account, from a Secret. It never shows in a text. */
    record SharedKey(byte[] key) implements Identity {
      @Override
      public String toString() {
        return "SharedKey[…]";
      }
    }

    /** The workload identity of the Pod: a token of the cluster that is exchanged for one of Azure. */
    record Workload(String clientId, String tenantId, Path tokenFile, URI authority) implements Identity {}
  }

  /** The environment matters only without a Secret. */
  static AzureConnection of(AzureBackend spec, Optional<Map<String, byte[]>> secret, Map<String, String> environment,
      String endpoint) {
    String account = checked(spec.storageAccount(), ACCOUNT, "storageAccount");
    String container = checked(spec.container(), CONTAINER, "container");
    Identity identity = SecretData.named(spec.secretName(), secret).map(AzureConnection::key)
        .orElseGet(() -> workload(environment));
    return new AzureConnection(url(endpoint, account, container), account, container, identity);
  }

  private static URI url(String endpoint, String account, String container) {
    String service = endpoint.isEmpty() ? PUBLIC : endpoint.replaceAll("/+$", "");
    String base = service.contains("{account}") ? service.replace("{account}", account) : service + "/" + account;
    return URI.create(base + "/" + container);
  }

  private static String checked(String value, Pattern rule, String field) {
    if (value == null || value.isBlank()) {
      throw StoreFailure.badConfiguration("spec.storage.azure." + field + " is missing");
    }
    if (!rule.matcher(value).matches()) {
      throw StoreFailure.badConfiguration("spec.storage.azure." + field + " is not a name that Azure gives");
    }
    return value;
  }

  private static Identity key(SecretData secret) {
    String text = secret.required(KEY);
    try {
      return new Identity.SharedKey(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw StoreFailure.badConfiguration(KEY + " of Secret " + secret.name() + " is not the key of an account");
    }
  }

  /** What Azure's webhook puts into Pods with its label. */
  private static Identity workload(Map<String, String> environment) {
    String client = environment.getOrDefault("AZURE_CLIENT_ID", "");
    String tenant = environment.getOrDefault("AZURE_TENANT_ID", "");
    String file = environment.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", "");
    if (client.isBlank() || tenant.isBlank() || file.isBlank()) {
      throw StoreFailure.badConfiguration("no credentials for Azure were found around the operator: name a Secret in "
          + "spec.storage.azure.secretName, or give the operator's Pod a workload identity");
    }
    return new Identity.Workload(client, tenant, Path.of(file),
        URI.create(environment.getOrDefault("AZURE_AUTHORITY_HOST", PUBLIC_AUTHORITY)));
  }
}
