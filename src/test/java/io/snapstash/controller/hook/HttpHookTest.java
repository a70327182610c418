package io.snapstash.controller.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.FormEntry;
import io.snapstash.api.HttpHeader;
import io.snapstash.api.HttpPostAction;
import io.snapstash.api.HttpPostActionBuilder;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.rules.Rule;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are hooks, to a server that remembers what it was asked. */
class HttpHookTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = listen(new HttpServerOptions());
  }

  private HttpServer listen(HttpServerOptions options) throws Exception {
    HttpServer made = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0));
    made.requestHandler(request -> request.body().onSuccess(body -> {
      asked.add(request.method() + " " + request.uri() + " " + request.getHeader("Host").replaceAll(":\\d+", "") + " "
          + request.getHeader("Content-Type") + " " + body);
      switch (request.path()) {
        case "/here" -> request.response().setStatusCode(302).putHeader("Location", "/there").end();
        case "/away" -> request.response().setStatusCode(302).putHeader("Location", "http://elsewhere.test/").end();
        case "/denied" -> request.response().setStatusCode(403).end("token=swordfish is wrong");
        default -> request.response().end();
      }
    }));
    return made.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HookResult get(String path) throws Exception {
    return call("http", server, HttpMethod.GET, path, List.of(), "");
  }

  private HookResult call(String scheme, HttpServer to, HttpMethod method, String path, List<HttpHeader> headers,
      String body) throws Exception {
    return new HttpHook(vertx).attempt(new HttpHook.Call(method, scheme, "db.demo", "127.0.0.1", to.actualPort(), path,
        headers, Buffer.buffer(body)), List.of()).result().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  @Rule("behaviour 11.1")
  void anAnswerBelow400IsSuccessAndTheHostIsTheOneThatWasNamed() throws Exception {
    assertThat(get("/flush?table=a")).isEqualTo(HookResult.succeeded());
    assertThat(asked).containsExactly("GET /flush?table=a db.demo null ");
  }

  @Test
  @Rule("behaviour 11.2")
  void aRedirectIsFollowedOnTheSameHostOnly() throws Exception {
    assertThat(get("/here")).isEqualTo(HookResult.succeeded());
    assertThat(asked).hasSize(2).last().asString().startsWith("GET /there");

    assertThat(get("/away")).isEqualTo(HookResult.succeeded());
    assertThat(asked).hasSize(3);
  }

  @Test
  void aRefusalIsToldWithoutItsSecrets() throws Exception {
    assertThat(get("/denied")).isInstanceOfSatisfying(HookResult.Failed.class, failed ->
        assertThat(failed.message()).contains("answered 403: token=***").doesNotContain("swordfish"));
  }

  @Test
  @Rule("behaviour 11.2")
  void certificatesAreNotVerified() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("somebody.else");
    HttpServer secure = listen(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));

    assertThat(call("https", secure, HttpMethod.GET, "/", List.of(), "")).isEqualTo(HookResult.succeeded());
    certificate.delete();
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    int port = server.actualPort();
    server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(new HttpHook(vertx).attempt(new HttpHook.Call(HttpMethod.GET, "http", "db", "127.0.0.1", port, "/",
        List.of(), Buffer.buffer()), List.of()).result().toCompletionStage().toCompletableFuture()
        .get(10, TimeUnit.SECONDS)).isInstanceOf(HookResult.Failed.class);
  }

  @Test
  @Rule("behaviour 11.2")
  void theTypeOfABodyIsSeenUnlessItIsGiven() {
    assertThat(type(post().body("{\"text\": \"x\"}"))).isEqualTo("application/json");
    assertThat(type(post().body("{ not json"))).isEqualTo("text/plain; charset=utf-8");
    assertThat(type(post().body("{}").httpHeaders(List.of(new HttpHeader("content-type", "text/x"))))).isEqualTo("text/x");
    HttpPostAction form = post().form(List.of(new FormEntry("a b", List.of("1", "ü")))).build();
    assertThat(type(post().form(form.form()))).isEqualTo("application/x-www-form-urlencoded");
    assertThat(HttpHook.body(form)).hasToString("a+b=1&a+b=%C3%BC");
  }

  private static HttpPostActionBuilder post() {
    return HttpPostActionBuilder.builder();
  }

  private static String type(HttpPostActionBuilder post) {
    return HttpHook.headers(post.build()).stream().filter(header -> header.name().equalsIgnoreCase("content-type"))
        .map(HttpHeader::value).reduce((one, other) -> one + "," + other).orElse("");
  }

  @ParameterizedTest
  @Rule("behaviour 11.3")
  @CsvSource({"127.0.0.1, true", "::1, true", "169.254.169.254, true", "fe80::1, true", "0.0.0.0, true",
      "::ffff:127.0.0.1, true", "224.0.0.1, true", "10.1.2.3, false", "2001:db8::1, false"})
  void theHostItselfAndItsLinkAreNotReached(String address, boolean refused) throws UnknownHostException {
    assertThat(HookAddress.isRefused(InetAddress.getByName(address))).isEqualTo(refused);
  }
}
