package io.snapstash.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** The addresses of the event bus and what travels there. Messages are immutable and stay within the process. */
public final class Bus {
  private static final String STATUS = "status.changed";
  private static final String CODEC = "status-changed";
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

  private Bus() {}

  /** Before anything is published; an operator started anew on the same Vertx finds the codec there. */
  public static void open(Vertx vertx) {
    try {
      vertx.eventBus().registerCodec(new StatusChangedCodec());
    } catch (IllegalStateException registered) {
      // That is what was wanted.
    }
  }

  public static void publish(Vertx vertx, StatusChanged change) {
    vertx.eventBus().publish(STATUS, change, LOCAL);
  }

  public static MessageConsumer<StatusChanged> onStatusChanged(Vertx vertx, Consumer<StatusChanged> handler) {
    return vertx.eventBus().consumer(STATUS, message -> handler.accept(message.body()));
  }

  private static final class StatusChangedCodec implements MessageCodec<StatusChanged, StatusChanged> {
    @Override
    public void encodeToWire(Buffer buffer, StatusChanged change) {
      throw new IllegalStateException("status messages stay in this process");
    }

    @Override
    public StatusChanged decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException("status messages stay in this process");
    }

    @Override
    public StatusChanged transform(StatusChanged change) {
      return change;
    }

    @Override
    public String name() {
      return CODEC;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
