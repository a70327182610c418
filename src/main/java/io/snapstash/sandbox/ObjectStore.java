package io.snapstash.sandbox;

/** An S3 service with one bucket, as BackupStorages of the sandbox name it. */
public record ObjectStore(String endpoint, String bucket, String accessKey, String secretKey) {}
