package io.snapstash.controller;

import io.snapstash.engine.PassFailure;
import io.snapstash.kube.KubeFailure;
import java.util.Optional;

/** An effect that could not be performed. The status is to say so before the key is tried again. */
public final class EffectFailure extends PassFailure {
  private static final long serialVersionUID = 1L;

  /** The name is taken by an object that was not made for this purpose (behaviour 1.12). */
  static final class NotOurs extends PassFailure {
    private static final long serialVersionUID = 1L;

    NotOurs() {
      super("an object of that name exists and was not made for this one");
    }
  }

  /** The name is taken by what an earlier object of the owner's name has left; the garbage collector will come. */
  static final class NotGoneYet extends PassFailure {
    private static final long serialVersionUID = 1L;

    NotGoneYet() {
      super("one of that name is still there from an earlier object and on its way out");
    }
  }

  private final transient Effect effect;
  private final boolean retryHelps;
  private final boolean gone;

  EffectFailure(Effect effect, Throwable cause) {
    super(effect.describe() + " failed: " + cause.getMessage(),
        cause instanceof PassFailure known ? known.askedDelay() : Optional.empty());
    this.effect = effect;
    this.gone = KubeFailure.is(cause, KubeFailure.Kind.NOT_FOUND);
    this.retryHelps = switch (cause) {
      case KubeFailure failure -> failure.retryHelps();
      case NotOurs _ -> false;
      default -> true;
    };
  }

  public Effect effect() {
    return effect;
  }

  /** The object that was to be changed does not exist (any more). */
  public boolean isGone() {
    return gone;
  }

  public boolean retryHelps() {
    return retryHelps;
  }
}
