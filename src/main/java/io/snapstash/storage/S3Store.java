package io.snapstash.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Objects in an S3 bucket. Conditions are the server's; one without them gets the nearest that can be had. */
final class S3Store implements StoreProvider {
  private final S3Client client;
  private final AwsCredentialsProvider credentials;
  private final String bucket;
  private final S3Failures failures;

  private S3Store(S3Connection connection, StoreLimits limits, S3Failures failures) {
    this.credentials = S3Clients.credentials(connection);
    this.client = S3Clients.open(connection, credentials, limits);
    this.bucket = connection.bucket();
    this.failures = failures;
  }

  /** Loads a good part of the SDK at first: not on an event loop. */
  static S3Store open(S3Connection connection, StoreLimits limits) {
    S3Failures failures = new S3Failures(connection);
    return told(failures, "", () -> new S3Store(connection, limits, failures));
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return told(key, () -> {
      try (ResponseInputStream<GetObjectResponse> in = client.getObject(get -> get.bucket(bucket).key(key))) {
        byte[] content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
          in.abort();
          throw StoreProvider.tooLarge(key);
        }
        return Optional.of(new StoredObject(content, in.response().eTag()));
      } catch (NoSuchKeyException _) {
        return Optional.empty();
      } catch (IOException failure) {
        throw new StoreFailure(StoreFailure.Kind.UNREACHABLE, "the connection broke while " + key + " was read");
      }
    });
  }

  @Override
  public String put(String key, byte[] content, PutCondition condition) {
    return told(key, () -> {
      try {
        return send(key, content, condition);
      } catch (NoSuchKeyException _) {
        throw StoreFailure.preconditionFailed(key);
      } catch (S3Exception refused) {
        if (refused.statusCode() != 501 || condition instanceof PutCondition.Always) {
          throw refused;
        }
        return putWithoutHelp(key, content, condition);
      } catch (SdkClientException unanswered) {
        if (isRefuted(key, condition)) {
          throw StoreFailure.preconditionFailed(key);
        }
        throw unanswered;
      }
    });
  }

  /** A server may refuse and hang up before it has read the body; the refusal is then lost on the way. */
  private boolean isRefuted(String key, PutCondition condition) {
    return switch (condition) {
      case PutCondition.Always() -> false;
      case PutCondition.IfAbsent() -> get(key).isPresent();
      case PutCondition.IfMatch(String tag) -> get(key).map(found -> !found.tag().equals(tag)).orElse(true);
    };
  }

  private String send(String key, byte[] content, PutCondition condition) {
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key).contentType(CONTENT_TYPE);
    switch (condition) {
      case PutCondition.Always() -> { }
      case PutCondition.IfAbsent() -> request.ifNoneMatch("*");
      case PutCondition.IfMatch(String tag) -> request.ifMatch(tag);
    }
    return client.putObject(request.build(), RequestBody.fromBytes(content)).eTag();
  }

  /** A server that does not know conditions: look first, which leaves a gap but catches what is long there. */
  private String putWithoutHelp(String key, byte[] content, PutCondition condition) {
    Optional<String> tag = get(key).map(StoredObject::tag);
    boolean holds = switch (condition) {
      case PutCondition.Always() -> true;
      case PutCondition.IfAbsent() -> tag.isEmpty();
      case PutCondition.IfMatch(String expected) -> tag.isPresent() && tag.get().equals(expected);
    };
    if (!holds) {
      throw StoreFailure.preconditionFailed(key);
    }
    return send(key, content, PutCondition.always());
  }

  @Override
  public void delete(String key) {
    told(key, () -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
  }

  @Override
  public Page list(String start, Optional<String> from) {
    return told(start, () -> {
      ListObjectsV2Response page = client.listObjectsV2(list ->
          list.bucket(bucket).prefix(start).continuationToken(from.orElse(null)));
      List<String> keys = page.contents().stream().map(S3Object::key).toList();
      return new Page(keys, Boolean.TRUE.equals(page.isTruncated())
          ? Optional.ofNullable(page.nextContinuationToken()) : Optional.empty());
    });
  }

  @Override
  public void close() {
    client.close();
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }

  private <T> T told(String key, Supplier<T> call) {
    return told(failures, key, call);
  }

  private static <T> T told(S3Failures failures, String key, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException failure) {
      throw failures.of(key, failure);
    } catch (IllegalArgumentException failure) {
      throw failures.unusable(failure);
    }
  }
}
