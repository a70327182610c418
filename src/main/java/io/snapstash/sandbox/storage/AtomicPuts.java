package io.snapstash.sandbox.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Makes looking at a condition and writing one step, as a real service does: the server looks before it reads the
 * body, so that of several writers more than one could win.
 */
final class AtomicPuts extends ForwardingBlobStore {
  AtomicPuts(BlobStore objects) {
    super(objects);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    byte[] content = wholeOf(body);
    synchronized (this) {
      if (!holds(request)) {
        throw S3Exceptions.preconditionFailed(null);
      }
      return super.putBlob(request, new ByteArrayInputStream(content));
    }
  }

  private boolean holds(PutObjectRequest request) {
    if (request.ifMatch() == null && request.ifNoneMatch() == null) {
      return true;
    }
    HeadObjectResponse present = delegate().blobMetadataIfPresent(request.bucket(), request.key());
    return request.ifMatch() == null ? present == null
        : present != null && bare(request.ifMatch()).equals(bare(present.eTag()));
  }

  private static String bare(String tag) {
    return tag.replace("\"", "");
  }

  /** Outside the lock: a slow sender holds up nobody else. */
  private static byte[] wholeOf(InputStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
