package io.snapstash.kube;

import java.util.Optional;

/** Takes a watch's lines, in order, on a thread of the client. */
public interface WatchListener<T> {
  void on(WatchEvent<T> event);

  /** Called once, last. Empty when the stream ended by itself, as every watch does after its timeout. */
  void closed(Optional<KubeFailure> failure);
}
