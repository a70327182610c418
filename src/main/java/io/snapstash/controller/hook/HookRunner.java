package io.snapstash.controller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.api.HookAction;
import io.snapstash.api.HookTemplate;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.HttpGetAction;
import io.snapstash.api.HttpPostAction;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.HookTemplates;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.References;
import io.snapstash.domain.Absent;
import io.snapstash.domain.hook.FilledHook;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.domain.hook.Masking;
import io.snapstash.domain.hook.SummaryData;
import io.snapstash.domain.validation.Consent;
import io.snapstash.engine.PassFailure;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.PodCommand;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a hook: finds and fills its template, then asks whoever is to execute it (behaviour 11). The future of a hook
 * never fails for what the hook met; it says so.
 */
public final class HookRunner {
  private final Vertx vertx;
  private final KubeClient kube;
  private final Caches caches;
  private final Time time;
  private final HookPods pods;
  private final HttpHook http;
  private final HookAddress addresses;
  private final JobHook jobs;

  public HookRunner(Vertx vertx, KubeClient kube, Caches caches, Time time, ControllerSettings settings) {
    this.vertx = vertx;
    this.kube = kube;
    this.caches = caches;
    this.time = time;
    this.pods = new HookPods(kube);
    this.http = new HttpHook(vertx);
    this.addresses = new HookAddress(vertx);
    this.jobs = new JobHook(kube, caches, settings);
  }

  /** Something that stops the hook before it does anything; retrying does not help. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether the hook goes on without this process: as a Job that exists. */
  boolean livesOn(HookKey key, HasMetadata run) {
    return jobs.exists(key, run);
  }

  Future<HookResult> run(HookOrder order) {
    try {
      FilledHook filled = FilledHook.of(template(order), order.hook(), order.builtIns(),
          SummaryData.of(order.summary()), time.now());
      return execute(order, filled, HookAttempts.of(time, order)).recover(failure -> Future.succeededFuture(
          HookResult.failed(Masking.shown(String.valueOf(failure.getMessage()), filled.secrets()))));
    } catch (FilledHook.Unfit | Refusal unfit) {
      return Future.succeededFuture(HookResult.failed(unfit.getMessage()));
    }
  }

  private HookTemplateSpec template(HookOrder order) {
    String own = order.runKey().namespace();
    if (order.hook().hookTemplate() == null || Absent.text(order.hook().hookTemplate().name()).isEmpty()) {
      throw new Refusal("the hook names no hookTemplate");
    }
    ResourceKey key = References.resolve(order.hook().hookTemplate(), order.run());
    HookTemplate found = caches.hookTemplates.get(key).filter(each -> each.getSpec() != null)
        .orElseThrow(() -> new Refusal("HookTemplate " + key + " does not exist"));
    if (HookTemplates.forbids(caches, found, own)) {
      throw new Refusal("the usagePolicy of HookTemplate " + key + " does not allow namespace " + own);
    }
    return found.getSpec();
  }

  private Future<HookResult> execute(HookOrder order, FilledHook filled, HookAttempts attempts) {
    return switch (filled.executor().type()) {
      case "Function" -> jobs.run(order, filled, attempts);
      case "Operator" -> filled.action().exec() != null
          ? Future.succeededFuture(HookResult.failed("the operator executes no commands: exec needs an executor of type Pod"))
          : attempts.make(() -> attempt(filled, Optional.empty()));
      case "Pod" -> inPods(order, filled, attempts);
      default -> Future.succeededFuture(HookResult.failed("executor type " + filled.executor().type() + " is not known"));
    };
  }

  private Future<HookResult> inPods(HookOrder order, FilledHook filled, HookAttempts attempts) {
    String own = order.runKey().namespace();
    if (!Consent.given(own, order.namespace(), caches.namespaces.get(ResourceKey.clusterScoped(order.namespace()))
        .map(Metadata::annotations).orElse(Map.of()))) {
      return Future.succeededFuture(HookResult.failed(Consent.missing(own, order.namespace())));
    }
    if (filled.executor().pod() == null || Absent.text(filled.executor().pod().selector()).isBlank()) {
      return Future.succeededFuture(HookResult.failed("the HookTemplate has no selector for Pods"));
    }
    return pods.choose(order.namespace(), filled.executor().pod()).compose(chosen -> {
      if (chosen.isEmpty()) {
        return Future.succeededFuture(HookResult.failed("no running Pod in namespace " + order.namespace()
            + " fits selector " + filled.executor().pod().selector()
            + (filled.executor().pod().owner() == null ? "" : " and owner")));
      }
      List<Future<HookResult>> each = chosen.stream()
          .map(pod -> attempts.make(() -> attempt(filled, Optional.of(pod))).map(result -> named(pod, result))).toList();
      return Future.join(each).map(_ -> each.stream().map(Future::result)
          .filter(HookResult.Failed.class::isInstance).findFirst().orElse(HookResult.succeeded()));
    });
  }

  private static HookResult named(Pod pod, HookResult result) {
    return result instanceof HookResult.Failed(String message)
        ? HookResult.failed("Pod " + pod.getMetadata().getName() + ": " + message) : result;
  }

  private HookAttempt attempt(FilledHook filled, Optional<Pod> pod) {
    HookAction action = filled.action();
    if (action.exec() != null) {
      return exec(filled, pod.orElseThrow());
    }
    if (action.httpGet() != null) {
      HttpGetAction get = action.httpGet();
      return guarded(() -> request(filled, pod, get.host(), get.port(), (address, port) -> new HttpHook.Call(
          HttpMethod.GET, scheme(get.scheme()), address.host(), address.numeric(), port, path(get.path()),
          Absent.list(get.httpHeaders()), Buffer.buffer())));
    }
    if (action.httpPost() != null) {
      HttpPostAction post = action.httpPost();
      return guarded(() -> request(filled, pod, post.host(), post.port(), (address, port) -> new HttpHook.Call(
          HttpMethod.POST, scheme(post.scheme()), address.host(), address.numeric(), port, path(post.path()),
          HttpHook.headers(post), HttpHook.body(post))));
    }
    if (action.tcpSocket() != null) {
      return guarded(() -> connect(filled, pod));
    }
    return ended(HookResult.failed("the HookTemplate has no action"));
  }

  /** A host and what it resolved to. */
  private record Address(String host, String numeric) {}

  /** Makes the request once host and port are known. */
  private interface Caller {
    HttpHook.Call call(Address address, int port);
  }

  private HookAttempt request(FilledHook filled, Optional<Pod> pod, String host, JsonNode port, Caller caller) {
    int number = port(port, filled.action().containerName(), pod);
    return follow(address(host, pod), address -> http.attempt(caller.call(address, number), filled.secrets()));
  }

  private HookAttempt connect(FilledHook filled, Optional<Pod> pod) {
    int port = port(filled.action().tcpSocket().port(), filled.action().containerName(), pod);
    return follow(address(filled.action().tcpSocket().host(), pod), address -> {
      var client = vertx.createNetClient();
      Future<HookResult> result = client.connect(SocketAddress.inetSocketAddress(port, address.numeric()))
          .compose(socket -> socket.close().otherwiseEmpty()).<HookResult>map(_ -> HookResult.succeeded())
          .otherwise(failure -> HookResult.failed("port " + port + " of " + address.host() + " does not open: "
              + failure.getMessage()))
          .onComplete(_ -> client.close());
      return new HookAttempt(result, client::close);
    });
  }

  private HookAttempt follow(Future<Address> address, java.util.function.Function<Address, HookAttempt> then) {
    HookAttempt[] begun = new HookAttempt[1];
    boolean[] stopped = new boolean[1];
    Future<HookResult> result = address.compose(known -> {
      if (stopped[0]) {
        return Future.<HookResult>failedFuture("stopped");
      }
      begun[0] = then.apply(known);
      return begun[0].result();
    }).otherwise(failure -> HookResult.failed(String.valueOf(failure.getMessage())));
    return new HookAttempt(result, () -> {
      stopped[0] = true;
      Optional.ofNullable(begun[0]).ifPresent(attempt -> attempt.stop().run());
    });
  }

  private Future<Address> address(String host, Optional<Pod> pod) {
    String wanted = !Absent.text(host).isBlank() ? host
        : pod.map(each -> Absent.text(each.getStatus().getPodIP())).orElse("");
    if (wanted.isEmpty()) {
      return Future.failedFuture(pod.isPresent() ? "the Pod has no address yet"
          : "an executor of type Operator needs a host");
    }
    return addresses.of(wanted).map(numeric -> new Address(wanted, numeric));
  }

  private static String scheme(String scheme) {
    return "https".equalsIgnoreCase(scheme) ? "https" : "http";
  }

  private static String path(String path) {
    String text = Absent.text(path);
    return text.startsWith("/") ? text : "/" + text;
  }

  private static int port(JsonNode port, String container, Optional<Pod> pod) {
    JsonNode given = Absent.tree(port);
    if (given.isInt() || given.asText().matches("\\d{1,5}")) {
      int number = given.asInt();
      if (number < 1 || number > 65535) {
        throw new Refusal("port " + number + " is not between 1 and 65535");
      }
      return number;
    }
    if (pod.isEmpty() || Absent.text(container).isEmpty()) {
      throw new Refusal("port \"" + given.asText() + "\" is a name, which needs containerName and an executor of type Pod");
    }
    return container(pod.get(), container).getPorts().stream().filter(each -> given.asText().equals(each.getName()))
        .map(each -> each.getContainerPort()).findFirst()
        .orElseThrow(() -> new Refusal("container " + container + " has no port named " + given.asText()));
  }

  private static Container container(Pod pod, String name) {
    return pod.getSpec().getContainers().stream().filter(each -> name.isEmpty() || each.getName().equals(name))
        .findFirst().orElseThrow(() -> new Refusal("there is no container " + name));
  }

  private HookAttempt exec(FilledHook filled, Pod pod) {
    return guarded(() -> {
      List<String> command = Absent.list(filled.action().exec().command());
      if (command.isEmpty()) {
        throw new Refusal("exec has no command");
      }
      PodCommand running = kube.exec(Metadata.key(pod),
          container(pod, Absent.text(filled.action().containerName())).getName(), command);
      Future<HookResult> result = Future.fromCompletionStage(running.end(), vertx.getOrCreateContext())
          .map(end -> end.exitCode() == 0 ? HookResult.succeeded() : HookResult.failed("exit code " + end.exitCode()
              + (end.output().isBlank() ? "" : ": " + Masking.shown(end.output(), filled.secrets()))))
          .otherwise(failure -> HookResult.failed(Masking.shown(
              String.valueOf(failure.getMessage()), filled.secrets())));
      return new HookAttempt(result, running::cancel);
    });
  }

  private static HookAttempt guarded(Supplier<HookAttempt> attempt) {
    try {
      return attempt.get();
    } catch (Refusal | PassFailure refused) {
      return ended(HookResult.failed(refused.getMessage()));
    }
  }

  private static HookAttempt ended(HookResult result) {
    return new HookAttempt(Future.succeededFuture(result), () -> { });
  }
}
