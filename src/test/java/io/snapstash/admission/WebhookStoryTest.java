package io.snapstash.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Json;
import io.snapstash.api.Repository;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.domain.validation.UsageQuestion;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Fence;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.ManualTime;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.Programs;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The webhooks as an API server meets them: asked over TLS, trusted by what the operator has told it. */
class WebhookStoryTest {
  private static final String NAMESPACE = "snapstash-system";
  private static final String PATH = "/validate-core-kubestash-com-v1alpha1-hooktemplate";
  private static final ResourceKey CONFIGURATION = ResourceKey.clusterScoped("snapstash");
  private static final String KINDS = "/apis/admissionregistration.k8s.io/v1/";

  private final StoryWorld world = OperatorWorld.alone();
  /** TLS looks at the machine's clock, so the certificate has to be made by it. */
  private final ManualTime time = new ManualTime(Instant.now());
  private final Vertx vertx = world.world().parts().vertx();
  private KubeClient kube;
  private Webhooks webhooks;

  @BeforeEach
  void install() throws IOException {
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}");
    world.apply(Manifests.parse(Files.readString(Path.of("k8s/operator/70-webhooks.yaml"))));
    kube = KubeClient.create(new ConfigBuilder(world.world().parts().connection())
        .withUserAgent(Programs.OPERATOR).build(), new VertxHttpClientFactory(vertx), 8, Duration.ofSeconds(10));
    webhooks = operator();
  }

  @AfterEach
  void close() {
    webhooks.close();
    kube.close();
    world.close();
  }

  private Webhooks operator() {
    Webhooks started = new Webhooks(vertx, kube, time, Fence.OPEN,
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0.5),
        new Webhooks.Options("127.0.0.1", 0, NAMESPACE), new Nothing());
    StoryWorld.await(started.start());
    return started;
  }

  @Test
  void theApiServerInsistsOnTheWebhooksOnlyFromTheFirstReviewOnAndNotWhenTheOperatorGoes() {
    assertThat(policies()).containsOnly("Ignore");
    world.until("the bundle is told", () -> !bundle().isEmpty());
    assertThat(policies()).containsOnly("Ignore");
    assertThat(webhooks.isReady()).isTrue();

    JsonNode answer = review();

    assertThat(answer.at("/response/status/details/causes/0/field").asText()).isEqualTo("spec.executor");
    world.until("reviews come through", () -> policies().stream().allMatch("Fail"::equals));

    StoryWorld.await(webhooks.stop());

    assertThat(policies()).containsOnly("Ignore");
  }

  @Test
  void theCertificateIsRenewedBeforeItsEndAndAnnouncedBeforeItIsShown() {
    world.until("the bundle is told", () -> !bundle().isEmpty());
    Map<String, String> before = secret();

    time.advance(Duration.ofDays(250));
    world.until("old and new are trusted", () -> certificates(bundle()) == 2);
    assertThat(secret()).isEqualTo(before);

    time.advance(Duration.ofMinutes(2));
    world.until("the new one is shown", () -> !secret().get("tls.crt").equals(before.get("tls.crt")));
    assertThat(bundle()).contains(decoded(before.get("tls.crt"))).contains(decoded(secret().get("tls.crt")));
    world.until("it is served", webhooks::isReady);
  }

  @Test
  void aSecondOperatorTakesTheCertificateThatIsThereAndWritesNothing() {
    world.until("the bundle is told", () -> !bundle().isEmpty());
    String version = version();

    Webhooks second = operator();
    try {
      world.until("the second serves", second::isReady);
      world.settle();

      assertThat(version()).isEqualTo(version);
    } finally {
      second.close();
    }
  }

  @Test
  void theBundleIsLeftAloneWhereCertManagerKeepsIt() {
    world.until("the bundle is told", () -> !bundle().isEmpty());

    assertThat(WebhookPatch.of(injected(), "other", Optional.of("Ignore"))).isEmpty();
    assertThat(WebhookPatch.of(injected(), "other", Optional.of("Fail")).orElseThrow().toString())
        .doesNotContain(CertificateSecret.base64("other"));
  }

  private ValidatingWebhookConfiguration injected() {
    try {
      ValidatingWebhookConfiguration read = Json.MAPPER.readValue(raw("validating"),
          ValidatingWebhookConfiguration.class);
      read.getMetadata().setAnnotations(Map.of("cert-manager.io/inject-ca-from", "snapstash-system/webhooks"));
      return read;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode review() {
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(bundle()))));
    RequestOptions there = new RequestOptions().setMethod(HttpMethod.POST).setURI(PATH + "?timeout=5s")
        .setHost("snapstash." + NAMESPACE + ".svc").setPort(443).setSsl(true)
        .setServer(SocketAddress.inetSocketAddress(webhooks.port(), "127.0.0.1"));
    String body = "{\"request\": {\"uid\": \"u\", \"operation\": \"CREATE\", \"namespace\": \"demo\", \"name\": \"h\","
        + " \"dryRun\": true, \"object\": {\"metadata\": {}, \"spec\": {}}}}";
    try {
      return Json.MAPPER.readTree(StoryWorld.await(client.request(there).compose(request -> request.send(body))
          .compose(HttpClientResponse::body)).getBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String raw(String kind) {
    return new String(StoryWorld.await(world.client().raw("GET", KINDS + kind + "webhookconfigurations/"
        + CONFIGURATION.name(), Optional.empty())), StandardCharsets.UTF_8);
  }

  private JsonNode configuration(String kind) {
    try {
      return Json.MAPPER.readTree(raw(kind));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> policies() {
    List<String> all = configuration("validating").findValuesAsText("failurePolicy");
    all.addAll(configuration("mutating").findValuesAsText("failurePolicy"));
    return all;
  }

  /** Empty until both kinds have it. */
  private String bundle() {
    List<String> all = configuration("validating").findValuesAsText("caBundle");
    List<String> other = configuration("mutating").findValuesAsText("caBundle");
    return all.isEmpty() || other.isEmpty() || !all.containsAll(other) ? "" : decoded(all.getFirst());
  }

  private String version() {
    return configuration("validating").at("/metadata/resourceVersion").asText()
        + kubeSecret().orElseThrow().getMetadata().getResourceVersion();
  }

  private Optional<Secret> kubeSecret() {
    return world.find(ResourceTypes.SECRETS, NAMESPACE, "snapstash-webhook-cert");
  }

  private Map<String, String> secret() {
    return kubeSecret().orElseThrow().getData();
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static int certificates(String bundle) {
    return bundle.split("BEGIN CERTIFICATE", -1).length - 1;
  }

  /** An empty cluster. */
  private static final class Nothing implements Surroundings {
    @Override
    public Collection<BackupStorage> storages() {
      return List.of();
    }

    @Override
    public Collection<RetentionPolicy> policies() {
      return List.of();
    }

    @Override
    public List<Repository> repositories(String namespace, BackupConfigurationSpec configuration) {
      return List.of();
    }

    @Override
    public Defaults defaults(String namespace) {
      return new Defaults(namespace, Map.of(), List.of(), List.of());
    }

    @Override
    public UsageQuestion usage(String namespace) {
      return (_, _) -> false;
    }
  }
}
