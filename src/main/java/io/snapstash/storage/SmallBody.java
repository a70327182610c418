package io.snapstash.storage;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body as far as our files may be large; of a larger one nothing is kept, and the rest is not fetched. */
final class SmallBody implements BodySubscriber<Optional<byte[]>> {
  private final CompletableFuture<Optional<byte[]>> result = new CompletableFuture<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private Flow.Subscription subscription;

  @Override
  public CompletionStage<Optional<byte[]>> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription started) {
    subscription = started;
    started.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (content.size() + buffer.remaining() > StoreProvider.MOST_BYTES) {
        subscription.cancel();
        result.complete(Optional.empty());
        return;
      }
      byte[] piece = new byte[buffer.remaining()];
      buffer.get(piece);
      content.writeBytes(piece);
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(Optional.of(content.toByteArray()));
  }
}
