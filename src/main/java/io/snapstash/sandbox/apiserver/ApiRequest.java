package io.snapstash.sandbox.apiserver;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request, taken apart as kube-apiserver does it. For a path that names no resource, group, version and resource are
 * empty and the verb is the method in lower case.
 */
record ApiRequest(String method, String path, MultiMap query, MultiMap headers, Buffer body, String verb, String group,
    String version, String resource, String subresource, String namespace, String name) {

  static ApiRequest of(String method, String path, MultiMap query, MultiMap headers, Buffer body) {
    List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty())
        .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
    Builder builder = new Builder(method, parts, query);
    return new ApiRequest(method, path, query, headers, body, builder.verb(), builder.group, builder.version,
        builder.resource, builder.subresource, builder.namespace, builder.name);
  }

  ApiRequest withBody(Buffer other) {
    return new ApiRequest(method, path, query, headers, other, verb, group, version, resource, subresource, namespace,
        name);
  }

  boolean isResource() {
    return !resource.isEmpty();
  }

  String parameter(String name) {
    return Optional.ofNullable(query.get(name)).orElse("");
  }

  boolean flag(String name) {
    String value = query.get(name);
    return value != null && (value.isEmpty() || value.equals("true") || value.equals("1"));
  }

  String header(String name) {
    return Optional.ofNullable(headers.get(name)).orElse("");
  }

  boolean isDryRun() {
    return query.getAll("dryRun").contains("All");
  }

  String contentType() {
    return header("Content-Type").replaceAll(";.*", "").strip();
  }

  String objectKey() {
    return Store.key(namespace, name);
  }

  private static final class Builder {
    private final String method;
    private final MultiMap query;
    private String group = "";
    private String version = "";
    private String namespace = "";
    private String resource = "";
    private String name = "";
    private String subresource = "";

    private Builder(String method, List<String> parts, MultiMap query) {
      this.method = method;
      this.query = query;
      if (parts.size() > 2 && parts.getFirst().equals("api")) {
        version = parts.get(1);
        read(new ArrayList<>(parts.subList(2, parts.size())));
      } else if (parts.size() > 3 && parts.getFirst().equals("apis")) {
        group = parts.get(1);
        version = parts.get(2);
        read(new ArrayList<>(parts.subList(3, parts.size())));
      }
    }

    private void read(List<String> parts) {
      boolean ofNamespace = parts.size() == 3 && List.of("status", "finalize").contains(parts.get(2));
      if (parts.getFirst().equals("namespaces") && parts.size() > 2 && !ofNamespace) {
        namespace = parts.get(1);
        parts = parts.subList(2, parts.size());
      }
      resource = parts.getFirst();
      name = parts.size() > 1 ? parts.get(1) : "";
      subresource = parts.size() > 2 ? String.join("/", parts.subList(2, parts.size())) : "";
    }

    private String verb() {
      if (resource.isEmpty()) {
        return method.toLowerCase(Locale.ROOT);
      }
      String watch = query.get("watch");
      boolean watches = watch != null && !watch.equals("false") && !watch.equals("0");
      return switch (method) {
        case "GET", "HEAD" -> watches && subresource.isEmpty() ? "watch" : name.isEmpty() ? "list" : "get";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
        default -> method.toLowerCase(Locale.ROOT);
      };
    }
  }
}
