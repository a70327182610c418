package io.snapstash.sandbox.apiserver;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where the lines of a watch go: the body of an answer, or a web socket. */
interface WatchSink {
  void write(Buffer line);

  boolean isFull();

  void onDrain(Handler<Void> handler);

  void onClose(Runnable handler);

  void end();

  /** Cut off, without saying good-bye. */
  void abort();

  static WatchSink of(HttpServerResponse response) {
    return new WatchSink() {
      @Override
      public void write(Buffer line) {
        response.write(line);
      }

      @Override
      public boolean isFull() {
        return response.writeQueueFull();
      }

      @Override
      public void onDrain(Handler<Void> handler) {
        response.drainHandler(handler);
      }

      @Override
      public void onClose(Runnable handler) {
        response.closeHandler(_ -> handler.run());
        response.exceptionHandler(_ -> handler.run());
      }

      @Override
      public void end() {
        if (!response.ended() && !response.closed()) {
          response.end();
        }
      }

      @Override
      public void abort() {
        response.reset();
      }
    };
  }

  static WatchSink of(ServerWebSocket socket) {
    return new WatchSink() {
      @Override
      public void write(Buffer line) {
        socket.writeTextMessage(line.toString());
      }

      @Override
      public boolean isFull() {
        return socket.writeQueueFull();
      }

      @Override
      public void onDrain(Handler<Void> handler) {
        socket.drainHandler(handler);
      }

      @Override
      public void onClose(Runnable handler) {
        socket.closeHandler(_ -> handler.run());
        socket.exceptionHandler(_ -> handler.run());
      }

      @Override
      public void end() {
        if (!socket.isClosed()) {
          socket.close();
        }
      }

      @Override
      public void abort() {
        end();
      }
    };
  }
}
