package io.snapstash.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection, says its piece, and then nothing more; or hangs up. */
final class SilentServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> taken = new CopyOnWriteArrayList<>();

  SilentServer(String piece) throws IOException {
    this(piece, false);
  }

  SilentServer(String piece, boolean hangUp) throws IOException {
    Thread.ofVirtual().start(() -> {
      try {
        while (true) {
          Socket connection = socket.accept();
          taken.add(connection);
          connection.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
          connection.getOutputStream().flush();
          if (hangUp) {
            connection.shutdownOutput();
          }
        }
      } catch (IOException _) {
        // Closed: the test is over.
      }
    });
  }

  String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : taken) {
      connection.close();
    }
  }
}
