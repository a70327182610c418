package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.apiserver.PodExecs;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets of known text are put wherever there can be one, everything goes wrong, and nobody sees them. */
@Tag("hostile")
class SecretStoryTest extends Story {
  private static final int PORT = freePort();
  private static final String MARK = "Swordfish";
  private static final List<ResourceType<?>> SHOWN = List.of(BACKUP_STORAGES, ResourceTypes.REPOSITORIES,
      ResourceTypes.BACKUP_CONFIGURATIONS, ResourceTypes.BACKUP_SESSIONS, ResourceTypes.SNAPSHOTS, ResourceTypes.JOBS,
      ResourceTypes.PODS, ResourceTypes.CRON_JOBS, ResourceTypes.HOOK_TEMPLATES, CsiTypes.VOLUME_SNAPSHOTS, EVENTS);

  private final List<String> logged = new ArrayList<>();
  /** Held, because loggers are forgotten otherwise. */
  private final List<Logger> loggers = List.of(Logger.getLogger("io.snapstash"), Logger.getLogger("decision"));
  private final Handler ear = new Handler() {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord entry) {
      synchronized (logged) {
        logged.add(formatter.format(entry));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  SecretStoryTest() {
    super(OperatorWorld.start(Map.of(Programs.PORT, Integer.toString(PORT), "SNAPSTASH_HTTP_HOST", "127.0.0.1")));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void listen() {
    ear.setLevel(Level.ALL);
    loggers.forEach(each -> {
      each.addHandler(ear);
      each.setLevel(Level.ALL);
      each.setUseParentHandlers(false);
    });
  }

  @AfterEach
  void hangUp() {
    loggers.forEach(each -> {
      each.removeHandler(ear);
      each.setLevel(null);
      each.setUseParentHandlers(true);
    });
  }

  private void storage(String name, String backend, Map<String, String> secret) {
    ObjectNode object = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    object.putObject("metadata").put("name", name).put("namespace", "demo");
    secret.forEach(object.putObject("stringData")::put);
    world.apply(List.of(object));
    world.apply("{apiVersion: storage.kubestash.com/v1alpha1, kind: BackupStorage, metadata: {name: " + name
        + ", namespace: demo}, spec: {storage: " + backend + ", deletionPolicy: WipeOut}}");
  }

  private void storagesThatDoNotWork() {
    String endpoint = world.world().parts().store().endpoint();
    String bucket = world.world().parts().store().name();
    storage("wrong-key", "{provider: s3, s3: {endpoint: \"%s\", bucket: %s, prefix: p1, secretName: wrong-key}}"
        .formatted(endpoint, bucket), Map.of("AWS_ACCESS_KEY_ID", MARK + "KeyId", "AWS_SECRET_ACCESS_KEY", MARK + "Key"));
    storage("wrong-secret", "{provider: s3, s3: {endpoint: \"%s\", bucket: %s, prefix: p2, secretName: wrong-secret}}"
        .formatted(endpoint, bucket), Map.of("AWS_ACCESS_KEY_ID", "story", "AWS_SECRET_ACCESS_KEY", MARK + "\nKey",
            "CA_CERT_DATA", "-----BEGIN CERTIFICATE-----\n" + MARK + "\n-----END CERTIFICATE-----"));
    storage("in-address", "{provider: s3, s3: {endpoint: \"http://user:%sWord@127.0.0.1:1\", bucket: b, secretName: in-address}}"
        .formatted(MARK), Map.of("AWS_ACCESS_KEY_ID", MARK + "KeyId", "AWS_SECRET_ACCESS_KEY", MARK + "Key"));
    storage("no-json", "{provider: gcs, gcs: {bucket: b, secretName: no-json}}",
        Map.of("GOOGLE_PROJECT_ID", "p", "GOOGLE_SERVICE_ACCOUNT_JSON_KEY", "{\"private_key\": " + MARK));
    storage("no-key", "{provider: gcs, gcs: {bucket: b2, secretName: no-key}}",
        Map.of("GOOGLE_PROJECT_ID", "p", "GOOGLE_SERVICE_ACCOUNT_JSON_KEY", "{\"type\": \"service_account\", "
            + "\"client_email\": \"a@b\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + MARK
            + "\\n-----END PRIVATE KEY-----\\n\", \"private_key_id\": \"" + MARK + "Id\", \"client_id\": \"1\"}"));
    storage("no-base64", "{provider: azure, azure: {storageAccount: a, container: c, secretName: no-base64}}",
        Map.of("AZURE_ACCOUNT_KEY", MARK + "%%"));
  }

  private void hook(String name, String action) {
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: HookTemplate
        metadata: {name: %s, namespace: demo}
        spec:
          action: {%s}
          executor: {type: %s, pod: {selector: "app=db"}}
        """.formatted(name, action, name.equals("exec") ? "Pod" : "Operator"));
  }

  /** What a server says back to an HTTP hook is a matter of HttpHookTest: none of this machine may be reached. */
  private void hooksThatFail() {
    world.server().execs().by(_ -> Future.succeededFuture(new PodExecs.End(3, "login failed: password=" + MARK
        + "Shell, Authorization: Bearer " + MARK + "Token at postgres://admin:" + MARK + "Url@db:5432/x")));
    hook("exec", "exec: {command: [freeze, \"--password=" + MARK + "Arg\"]}");
    hook("post", "httpPost: {host: 127.0.0.1, port: 1, path: \"/x?token=" + MARK + "Query\", httpHeaders: "
        + "[{name: Authorization, value: \"Bearer " + MARK + "Header\"}], body: \"password=" + MARK + "Body\"}");
    hook("get", "httpGet: {host: 127.0.0.1, port: 1, path: \"/y?api_key=" + MARK + "Query\", httpHeaders: "
        + "[{name: X-Api-Key, value: \"" + MARK + "Header\"}]}");
  }

  @Test
  void noLogStatusEventMetricPageOrFileShowsASecret() throws Exception {
    storagesThatDoNotWork();
    storage();
    world.apply(Given.statefulSet("db", 1));
    bound("data-db-0");
    hooksThatFail();
    world.apply(ABackup.ofWorkload("b", "StatefulSet", "db").before("exec", "").after("post", "").after("get", "").manifests());
    world.until("failed", Duration.ofMinutes(20), () -> runs("b").stream().map(Story::phase).anyMatch("Failed"::equals));
    world.until("all storages were tried", Duration.ofMinutes(5), () -> world.list(BACKUP_STORAGES).stream()
        .filter(each -> !each.getMetadata().getName().equals("s3-storage")).map(Story::phase).allMatch("NotReady"::equals));

    Map<String, String> places = new TreeMap<>(pages());
    SHOWN.forEach(kind -> world.list(kind).forEach(object ->
        places.put(kind.kind() + " " + object.getMetadata().getName(), withoutSpecOfUsers(object))));
    world.files().forEach(key -> places.put("file " + key, world.inBucket("", store -> store.get(key))
        .map(file -> new String(file.content(), StandardCharsets.UTF_8)).orElse("")));
    synchronized (logged) {
      places.put("log", String.join("", logged));
    }

    assertThat(places).hasSizeGreaterThan(20);
    assertThat(places.get("log")).contains("kind=BackupStorage");
    assertThat(places).allSatisfy((place, text) -> assertThat(text).as(place)
        .doesNotContain(MARK, Base64.getEncoder().withoutPadding().encodeToString(MARK.getBytes(StandardCharsets.UTF_8))));
  }

  /** What a user has written into a spec is there for all who may read it; what becomes of it is looked at. */
  private static String withoutSpecOfUsers(HasMetadata object) {
    ObjectNode tree = Json.MAPPER.valueToTree(object);
    if (List.of("BackupStorage", "HookTemplate").contains(object.getKind())) {
      tree.remove("spec");
      tree.withObject("/metadata").remove("annotations");
    }
    return tree.toString();
  }

  private static Map<String, String> pages() throws Exception {
    Map<String, String> pages = new TreeMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/api/status", "/metrics", "/readyz", "/healthz")) {
        pages.put(path, client.send(request(path), HttpResponse.BodyHandlers.ofString()).body());
      }
      try (InputStream events = client.send(request("/api/events"), HttpResponse.BodyHandlers.ofInputStream()).body()) {
        pages.put("/api/events", new String(events.readNBytes(2000), StandardCharsets.UTF_8));
      }
    }
    return pages;
  }

  private static HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path)).build();
  }
}
