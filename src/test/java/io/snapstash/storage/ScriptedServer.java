package io.snapstash.storage;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives the same answer to everybody and notes the headers of the requests. */
final class ScriptedServer implements AutoCloseable {
  private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final List<Map<String, List<String>>> requests = new CopyOnWriteArrayList<>();

  ScriptedServer(int status, Map<String, String> headers, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      requests.add(Map.copyOf(exchange.getRequestHeaders()));
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
      exchange.close();
    });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Map<String, List<String>>> requests() {
    return requests;
  }

  /** An address where nobody listens. */
  static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
