package io.snapstash.storage;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets Google's library fetch its tokens the way we fetch everything: same limits, same failures. */
final class GoogleTransport extends HttpTransport {
  /** The JDK's client sets them itself and refuses to be told. */
  private static final Set<String> SET_BY_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final RestCalls calls;

  GoogleTransport(RestCalls calls) {
    this.calls = calls;
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Request(method, url);
  }

  private final class Request extends LowLevelHttpRequest {
    private final String method;
    private final String url;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    Request(String method, String url) {
      this.method = method;
      this.url = url;
    }

    @Override
    public void addHeader(String name, String value) {
      if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        headers.add(Map.entry(name, value));
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (getStreamingContent() != null) {
        getStreamingContent().writeTo(body);
      }
      try {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        Optional.ofNullable(getContentType()).ifPresent(type -> request.header("Content-Type", type));
        return new Response(calls.send(request::build));
      } catch (IllegalArgumentException _) {
        throw new IOException("the address of the token service is not usable");
      }
    }
  }

  private static final class Response extends LowLevelHttpResponse {
    private final RestAnswer answer;
    private final List<Map.Entry<String, String>> headers;

    Response(RestAnswer answer) {
      this.answer = answer;
      this.headers = answer.headers().map().entrySet().stream().flatMap(header ->
          header.getValue().stream().map(value -> Map.entry(header.getKey(), value))).toList();
    }

    @Override
    public InputStream getContent() {
      return new ByteArrayInputStream(answer.content().orElse(new byte[0]));
    }

    @Override
    public String getContentEncoding() {
      return answer.header("Content-Encoding").orElse(null);
    }

    @Override
    public long getContentLength() {
      return answer.content().map(bytes -> bytes.length).orElse(0);
    }

    @Override
    public String getContentType() {
      return answer.header("Content-Type").orElse(null);
    }

    @Override
    public String getStatusLine() {
      return "HTTP/1.1 " + answer.status();
    }

    @Override
    public int getStatusCode() {
      return answer.status();
    }

    @Override
    public String getReasonPhrase() {
      return "";
    }

    @Override
    public int getHeaderCount() {
      return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
      return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
      return headers.get(index).getValue();
    }
  }
}
