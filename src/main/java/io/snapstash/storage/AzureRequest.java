package io.snapstash.storage;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to the blob service before it is authorised.
 *
 * @param query parameters, not encoded
 * @param headers by names in lower case
 */
record AzureRequest(String method, String url, Map<String, String> query, Map<String, String> headers, byte[] body) {
  AzureRequest(String method, String url, Map<String, String> query) {
    this(method, url, query, Map.of(), new byte[0]);
  }

  AzureRequest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new AzureRequest(method, url, query, more, body);
  }

  URI uri() {
    StringBuilder text = new StringBuilder(url);
    query.forEach((name, value) -> text.append(text.indexOf("?") < 0 ? '?' : '&')
        .append(name).append('=').append(RestCalls.encoded(value)));
    return URI.create(text.toString());
  }

  HttpRequest build() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri()).method(method, body.length == 0
        ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }
}
