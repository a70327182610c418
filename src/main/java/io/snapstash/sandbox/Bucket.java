package io.snapstash.sandbox;

/** An S3 service with one bucket, as BackupStorages of the sandbox name it. */
public record Bucket(String endpoint, String name, String accessKey, String secretKey) {}
