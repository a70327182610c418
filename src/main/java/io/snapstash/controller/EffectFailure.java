package io.snapstash.controller;

import io.snapstash.engine.PassFailure;
import io.snapstash.kube.KubeFailure;

/** An effect that could not be performed. The status is to say so before the key is tried again. */
public final class EffectFailure extends PassFailure {
  private static final long serialVersionUID = 1L;
  private final transient Effect effect;
  private final boolean retryHelps;

  EffectFailure(Effect effect, Throwable cause) {
    super(effect.describe() + " failed: " + cause.getMessage(),
        cause instanceof PassFailure known ? known.askedDelay() : java.util.Optional.empty());
    this.effect = effect;
    this.retryHelps = !(cause instanceof KubeFailure failure) || failure.retryHelps();
  }

  public Effect effect() {
    return effect;
  }

  public boolean retryHelps() {
    return retryHelps;
  }
}
