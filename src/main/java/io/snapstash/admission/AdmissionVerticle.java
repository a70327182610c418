package io.snapstash.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the webhooks over TLS. The certificate is exchanged while connections go on. */
public final class AdmissionVerticle extends AbstractVerticle {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionVerticle.class);
  /** An object has at most 3 MB in etcd, and a review holds it twice. */
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  private final String host;
  private final int port;
  private final Reviewer reviewer;
  private final Runnable reached;
  private final PemKeyCertOptions first;
  private HttpServer server;

  /** @param reached called at each review: whoever asks has found the way here and trusts the certificate */
  AdmissionVerticle(String host, int port, Reviewer reviewer, Certificate certificate, Runnable reached) {
    this.host = host;
    this.port = port;
    this.reviewer = reviewer;
    this.reached = reached;
    this.first = pem(certificate);
  }

  @Override
  public void start(Promise<Void> started) {
    server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port).setSsl(true)
        .setUseAlpn(true).setKeyCertOptions(first));
    server.requestHandler(this::serve).listen().<Void>mapEmpty().onComplete(started);
  }

  /** Connections made from now on meet the new certificate. */
  Future<Void> exchange(Certificate certificate) {
    return server.updateSSLOptions(new HttpServerOptions().setSsl(true).setUseAlpn(true)
        .setKeyCertOptions(pem(certificate)).getSslOptions()).mapEmpty();
  }

  int port() {
    return server.actualPort();
  }

  private void serve(HttpServerRequest request) {
    if (request.method() != HttpMethod.POST || length(request) > MOST_BYTES) {
      request.response().setStatusCode(request.method() == HttpMethod.POST ? 413 : 405).end();
      return;
    }
    request.body().onSuccess(body -> answer(request, body))
        .onFailure(failure -> LOG.debug("review not read cause=\"{}\"", failure.getMessage()));
  }

  private static long length(HttpServerRequest request) {
    try {
      return Long.parseLong(Optional.ofNullable(request.getHeader("Content-Length")).orElse("0"));
    } catch (NumberFormatException wrong) {
      return Long.MAX_VALUE;
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    try {
      JsonNode review = Json.MAPPER.readTree(body.getBytes());
      Optional<ObjectNode> answer = reviewer.answer(request.path(), review);
      if (answer.isEmpty()) {
        request.response().setStatusCode(404).end();
        return;
      }
      reached.run();
      if (!answer.get().at("/response/allowed").asBoolean()) {
        LOG.info("refused path={} object={}/{} cause=\"{}\"", request.path(),
            review.at("/request/namespace").asText(), review.at("/request/name").asText(),
            answer.get().at("/response/status/message").asText());
      }
      request.response().putHeader("Content-Type", "application/json").end(answer.get().toString());
    } catch (JsonProcessingException noJson) {
      request.response().setStatusCode(400).end();
    } catch (IOException | RuntimeException bug) {
      LOG.error("review not answered path={}", request.path(), bug);
      request.response().setStatusCode(500).end();
    }
  }

  private static PemKeyCertOptions pem(Certificate certificate) {
    return new PemKeyCertOptions().addCertValue(Buffer.buffer(certificate.chain()))
        .addKeyValue(Buffer.buffer(certificate.key()));
  }
}
