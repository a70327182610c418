package io.snapstash.admission;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Fence;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the webhooks in working order (behaviour 12): certificate, server, and what the API server is told. All replicas
 * serve by the same Secret, which they follow; the one that leads makes it, renews it a third of its life before its
 * end, and keeps the two webhook configurations.
 *
 * <p>These are installed with {@code failurePolicy: Ignore} and become {@code Fail} when a first review has come in:
 * only then it is known that the API server gets through, and nobody is refused an object for a webhook that starts, is
 * firewalled or has gone with the operator. An operator that is asked to stop takes {@code Fail} back.
 *
 * <p>Everything happens on one Vert.x context; trouble is logged and tried again.
 */
public final class Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final ResourceKey NAME = ResourceKey.clusterScoped("snapstash");
  private static final String SECRET = "snapstash-webhook-cert";
  private static final Duration RETRY = Duration.ofSeconds(10);
  /** Time for every API server to learn of a new authority before anybody is shown its certificate. */
  private static final Duration ANNOUNCEMENT = Duration.ofMinutes(1);
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);
  private static final ResourceType<ValidatingWebhookConfiguration> VALIDATING = new ResourceType<>(
      "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false,
      ValidatingWebhookConfiguration.class);
  private static final ResourceType<MutatingWebhookConfiguration> MUTATING = new ResourceType<>(
      "admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false,
      MutatingWebhookConfiguration.class);

  /** @param namespace the operator's own */
  public record Options(String host, int port, String namespace) {}

  private final Vertx vertx;
  private final Context context;
  private final KubeClient kube;
  private final Time time;
  private final Fence fence;
  private final Options options;
  private final ResourceKey secretKey;
  private final Reviewer reviewer;
  private final Cache<Secret> secrets;
  private final Cache<ValidatingWebhookConfiguration> validating;
  private final Cache<MutatingWebhookConfiguration> mutating;
  private volatile Optional<Certificate> serving = Optional.empty();
  private Optional<AdmissionVerticle> server = Optional.empty();
  private Optional<Certificate> next = Optional.empty();
  private volatile boolean reached;
  private volatile boolean stopping;
  private boolean busy;
  private boolean again;
  private Cancellable timer = () -> { };

  /** The client's writes must stand behind the fence. */
  public Webhooks(Vertx vertx, KubeClient kube, Time time, Fence fence, Backoff watches, Options options,
      Surroundings around) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.kube = kube;
    this.time = time;
    this.fence = fence;
    this.options = options;
    this.secretKey = new ResourceKey(options.namespace(), SECRET);
    this.reviewer = new Reviewer(around);
    this.secrets = new Cache<>(kube, ResourceTypes.SECRETS, Selection.one(options.namespace(), SECRET), context, time,
        watches);
    this.validating = new Cache<>(kube, VALIDATING, Selection.one("", NAME.name()), context, time, watches);
    this.mutating = new Cache<>(kube, MUTATING, Selection.one("", NAME.name()), context, time, watches);
    secrets.onChange((_, _) -> look());
    validating.onChange((_, _) -> look());
    mutating.onChange((_, _) -> look());
  }

  /** To be called when the caches behind the surroundings are filled. Completes when the Secret has been looked for. */
  public Future<Void> start() {
    validating.start();
    mutating.start();
    return secrets.start().onSuccess(_ -> look());
  }

  /** Looks whether there is something to do; to be called as well when this process begins to lead. */
  public void look() {
    context.runOnContext(_ -> {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      pass().onComplete(done -> {
        busy = false;
        if (done.failed()) {
          failed(done.cause());
        }
        if (again) {
          again = false;
          look();
        }
      });
    });
  }

  /** Whether reviews are answered with a certificate that is valid now. */
  public boolean isReady() {
    return serving.filter(certificate -> certificate.isValid(time.now())).isPresent();
  }

  /** The port that is served; 0 before the first certificate. */
  public int port() {
    return server.map(AdmissionVerticle::port).orElse(0);
  }

  /** Tells the API server not to insist on us, if we lead; another replica that is reached says otherwise. */
  public Future<Void> stop() {
    stopping = true;
    timer.cancel();
    Future<Void> released = fence.isOpen() && reached
        ? serving.map(each -> tell(each.bundle(), Optional.of("Ignore"))).orElse(Future.succeededFuture())
        : Future.succeededFuture();
    return released.recover(_ -> Future.succeededFuture()).onComplete(_ -> close());
  }

  /** Leaves everything where it is. */
  public void close() {
    stopping = true;
    timer.cancel();
    secrets.close();
    validating.close();
    mutating.close();
  }

  private Future<Void> pass() {
    if (stopping || !secrets.isSynced()) {
      return Future.succeededFuture();
    }
    Optional<Secret> secret = secrets.get(secretKey);
    Optional<Certificate> stored = secret.flatMap(CertificateSecret::read);
    return stored.map(this::serve).orElse(Future.succeededFuture())
        .compose(_ -> fence.isOpen() ? keep(secret, stored) : Future.succeededFuture());
  }

  private Future<Void> serve(Certificate stored) {
    if (serving.filter(stored::equals).isPresent()) {
      return Future.succeededFuture();
    }
    Future<Void> shown = server.map(running -> running.exchange(stored)).orElseGet(() -> {
      AdmissionVerticle first = new AdmissionVerticle(options.host(), options.port(), reviewer, stored, this::reached);
      return vertx.deployVerticle(first).onSuccess(_ -> server = Optional.of(first)).mapEmpty();
    });
    return shown.onSuccess(_ -> {
      serving = Optional.of(stored);
      LOG.info("webhooks served port={} renewal={}", port(), stored.renewal());
    });
  }

  private void reached() {
    if (!reached) {
      reached = true;
      look();
    }
  }

  private Future<Void> keep(Optional<Secret> secret, Optional<Certificate> stored) {
    if (stored.isEmpty()) {
      return isInjected() ? Future.succeededFuture() : save(secret, Certificate.make(names(), time.now()));
    }
    Instant now = time.now();
    boolean due = !isInjected() && !now.isBefore(stored.get().renewal());
    if (due && !stored.get().isValid(now)) {
      return save(secret, Certificate.make(names(), now));
    }
    if (due && next.isEmpty()) {
      next = Optional.of(Certificate.make(names(), now).after(stored.get()));
      LOG.info("certificate renewed shownIn={}", ANNOUNCEMENT);
      return announce().onSuccess(_ -> schedule(ANNOUNCEMENT, () -> exchange(secret)))
          .onFailure(_ -> next = Optional.empty());
    }
    if (!due) {
      next = Optional.empty();
      wakeForRenewal(stored.get(), now);
    }
    return announce();
  }

  private Future<Void> announce() {
    String bundle = next.or(() -> serving).map(Certificate::bundle).orElse("");
    return bundle.isEmpty() ? Future.succeededFuture() : tell(bundle, reached ? Optional.of("Fail") : Optional.empty());
  }

  private void exchange(Optional<Secret> before) {
    next.ifPresent(renewed -> save(before, renewed).onFailure(this::failed).onComplete(_ -> next = Optional.empty()));
  }

  /** Whoever comes second is refused by the version, or by the name, and takes over what the first one wrote. */
  private Future<Void> save(Optional<Secret> before, Certificate certificate) {
    Future<Secret> written = before.isEmpty()
        ? kube.create(ResourceTypes.SECRETS, options.namespace(), CertificateSecret.write(secretKey, certificate, ""))
        : kube.replace(ResourceTypes.SECRETS, secretKey, CertificateSecret.write(
            secretKey, certificate, before.get().getMetadata().getResourceVersion()));
    return written.onSuccess(secrets::observe).<Void>mapEmpty().recover(failure ->
        KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS) || KubeFailure.is(failure, KubeFailure.Kind.CONFLICT)
            ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  private Future<Void> tell(String bundle, Optional<String> policy) {
    return tell(validating, VALIDATING, bundle, policy).compose(_ -> tell(mutating, MUTATING, bundle, policy));
  }

  private <T extends HasMetadata> Future<Void> tell(
      Cache<T> cache, ResourceType<T> type, String bundle, Optional<String> policy) {
    return cache.get(NAME).flatMap(found -> WebhookPatch.of(found, bundle, policy))
        .map(patch -> {
          LOG.info("webhooks told kind={} failurePolicy={}", type.kind(), policy.orElse("unchanged"));
          return kube.patch(type, NAME, patch).onSuccess(cache::observe).<Void>mapEmpty();
        }).orElse(Future.succeededFuture());
  }

  private boolean isInjected() {
    return validating.get(NAME).filter(WebhookPatch::isInjected).isPresent();
  }

  private List<String> names() {
    String host = "snapstash." + options.namespace();
    return List.of(host + ".svc", host + ".svc.cluster.local", host, "snapstash");
  }

  private void wakeForRenewal(Certificate certificate, Instant now) {
    Duration until = Duration.between(now, certificate.renewal());
    schedule(until.compareTo(LONGEST_TIMER) < 0 ? until : LONGEST_TIMER, this::look);
  }

  private void schedule(Duration delay, Runnable action) {
    timer.cancel();
    timer = time.schedule(delay, () -> context.runOnContext(_ -> action.run()));
  }

  private void failed(Throwable failure) {
    if (!stopping && !(failure instanceof Fence.Shut)) {
      LOG.warn("webhooks not in order retry={} cause=\"{}\"", RETRY, failure.getMessage());
      schedule(RETRY, this::look);
    }
  }
}
