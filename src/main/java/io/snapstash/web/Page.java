package io.snapstash.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The page and its parts, kept in memory: they are small and few. */
final class Page {
  private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
      "js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml");
  static final List<String> FILES =
      List.of("index.html", "page.css", "page.js", "live.js", "model.js", "views.js", "words.js", "icon.svg");
  static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  static void mount(Router router) {
    FILES.forEach(name -> {
      Buffer content = read(name);
      String tag = "\"" + Integer.toHexString(content.hashCode()) + "-" + content.length() + "\"";
      router.get("/" + (name.equals("index.html") ? "" : name)).handler(request -> serve(request, name, content, tag));
    });
  }

  private static void serve(RoutingContext request, String name, Buffer content, String tag) {
    request.response().putHeader("Content-Security-Policy", POLICY).putHeader("ETag", tag)
        .putHeader("Cache-Control", "no-cache");
    if (tag.equals(request.request().getHeader("If-None-Match"))) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().putHeader("Content-Type", TYPES.get(name.substring(name.lastIndexOf('.') + 1))).end(content);
    }
  }

  static Buffer read(String name) {
    try (InputStream file = Page.class.getResourceAsStream("/page/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the page lacks " + name);
      }
      return Buffer.buffer(file.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
