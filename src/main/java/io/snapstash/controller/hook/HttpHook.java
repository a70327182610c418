package io.snapstash.controller.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.FormEntry;
import io.snapstash.api.HttpHeader;
import io.snapstash.api.HttpPostAction;
import io.snapstash.api.Json;
import io.snapstash.domain.Absent;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.domain.hook.Masking;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request that is a hook (behaviour 11.1, 11.2): 200 to 399 is success. Certificates are not verified; a redirect is
 * followed on the same host, port and scheme only, and one that leads elsewhere is the answer itself.
 */
final class HttpHook {
  private static final int MOST_REDIRECTS = 5;
  private static final int MOST_READ = 64 * 1024;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> SAME_METHOD = Set.of(307, 308);

  /**
   * What is asked of whom.
   *
   * @param scheme http or https
   * @param address numeric, already checked; the host goes into the Host header
   */
  record Call(HttpMethod method, String scheme, String host, String address, int port, String path,
      List<HttpHeader> headers, Buffer body) {
    Call to(String newPath, boolean same) {
      return same ? new Call(method, scheme, host, address, port, newPath, headers, body)
          : new Call(HttpMethod.GET, scheme, host, address, port, newPath, headers.stream()
              .filter(header -> !header.name().equalsIgnoreCase("content-type")).toList(), Buffer.buffer());
    }
  }

  private final Vertx vertx;

  HttpHook(Vertx vertx) {
    this.vertx = vertx;
  }

  HookAttempt attempt(Call call, List<String> secrets) {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setSsl(call.scheme().equals("https"))
        .setTrustAll(true).setVerifyHost(false).setKeepAlive(false).setDecompressionSupported(false));
    Promise<HookResult> result = Promise.promise();
    ask(client, call, 0, secrets).onComplete(asked -> {
      result.tryComplete(asked.succeeded() ? asked.result()
          : HookResult.failed(what(call) + ": " + Masking.shown(String.valueOf(asked.cause().getMessage()), secrets)));
      client.close();
    });
    return new HookAttempt(result.future(), client::close);
  }

  private Future<HookResult> ask(HttpClient client, Call call, int redirects, List<String> secrets) {
    RequestOptions options = new RequestOptions().setMethod(call.method()).setHost(call.host()).setPort(call.port())
        .setServer(SocketAddress.inetSocketAddress(call.port(), call.address())).setURI(call.path())
        .setSsl(call.scheme().equals("https"));
    call.headers().forEach(header -> options.addHeader(header.name(), Absent.text(header.value())));
    return client.request(options)
        .compose(request -> call.body().length() == 0 ? request.send() : request.send(call.body()))
        .compose(response -> {
          String location = response.getHeader(HttpHeaders.LOCATION);
          if (REDIRECTS.contains(response.statusCode()) && location != null && redirects < MOST_REDIRECTS
              && stays(call, location)) {
            URI next = base(call).resolve(location);
            String path = next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
            return ask(client, call.to(path, SAME_METHOD.contains(response.statusCode())), redirects + 1, secrets);
          }
          boolean good = response.statusCode() >= 200 && response.statusCode() < 400;
          return good ? Future.succeededFuture(HookResult.succeeded())
              : read(response).map(text -> HookResult.failed(what(call) + " answered " + response.statusCode()
                  + (text.isBlank() ? "" : ": " + Masking.shown(text, secrets))));
        });
  }

  private static Future<String> read(HttpClientResponse response) {
    Promise<String> read = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      body.appendBuffer(part);
      if (body.length() > MOST_READ) {
        read.tryComplete(body.getString(0, MOST_READ));
      }
    });
    response.endHandler(_ -> read.tryComplete(body.toString()));
    response.exceptionHandler(_ -> read.tryComplete(body.toString()));
    return read.future();
  }

  private static URI base(Call call) {
    return URI.create(call.scheme() + "://" + call.host() + ":" + call.port() + call.path());
  }

  private static boolean stays(Call call, String location) {
    try {
      URI base = base(call);
      URI next = base.resolve(location);
      int port = next.getPort() >= 0 ? next.getPort() : "https".equals(next.getScheme()) ? 443 : 80;
      return base.getScheme().equals(next.getScheme()) && call.host().equalsIgnoreCase(next.getHost())
          && port == call.port();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** Without the query, which may hold a token. */
  private static String what(Call call) {
    return call.method() + " " + call.scheme() + "://" + call.host() + ":" + call.port()
        + call.path().replaceAll("\\?.*", "");
  }

  static List<HttpHeader> headers(HttpPostAction post) {
    List<HttpHeader> headers = new ArrayList<>(Absent.list(post.httpHeaders()));
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("content-type"))) {
      headers.add(new HttpHeader("Content-Type", contentType(post)));
    }
    return headers;
  }

  static Buffer body(HttpPostAction post) {
    if (post.form() == null || post.form().isEmpty()) {
      return Buffer.buffer(Absent.text(post.body()));
    }
    List<String> pairs = new ArrayList<>();
    for (FormEntry entry : post.form()) {
      Absent.list(entry.values()).forEach(value -> pairs.add(encoded(entry.key()) + "=" + encoded(value)));
    }
    return Buffer.buffer(String.join("&", pairs));
  }

  private static String contentType(HttpPostAction post) {
    if (post.form() != null && !post.form().isEmpty()) {
      return "application/x-www-form-urlencoded";
    }
    String body = Absent.text(post.body()).strip();
    if (body.startsWith("<?xml")) {
      return "text/xml; charset=utf-8";
    }
    return isJson(body) ? "application/json" : "text/plain; charset=utf-8";
  }

  private static boolean isJson(String body) {
    if (!body.startsWith("{") && !body.startsWith("[")) {
      return false;
    }
    try {
      JsonNode tree = Json.MAPPER.readTree(body);
      return tree.isContainerNode();
    } catch (JsonProcessingException other) {
      return false;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(Absent.text(text), StandardCharsets.UTF_8);
  }
}
