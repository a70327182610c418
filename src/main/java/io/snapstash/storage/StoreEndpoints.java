package io.snapstash.storage;

/**
 * Where the clouds are reached that a BackupStorage names by provider only; empty texts mean their public endpoints.
 *
 * @param gcs URL of a service that speaks the JSON interface of Google Cloud Storage
 * @param azure URL of a blob service; {@code {account}} in it stands for the storage account, and without that the
 *     account is the first part of the path
 */
public record StoreEndpoints(String gcs, String azure) {
  public static final StoreEndpoints PUBLIC = new StoreEndpoints("", "");
}
