package io.snapstash.sandbox.apiserver;

import io.snapstash.engine.Time;
import io.vertx.core.Context;
import java.util.Optional;

/** Wires the parts together, and hands each request to the one that answers it. */
final class Dispatcher {
  private final ResourceRegistry registry = new ResourceRegistry();
  private final Store store;
  private final Watches watches;
  private final Reads reads;
  private final Writes writes;
  private final Removal removal;
  private final Subresources subresources;
  private final Discovery discovery;

  Dispatcher(ApiServerOptions options, Context context, PodLogs logs) {
    Time time = options.time();
    Presentation presentation = new Presentation(time);
    store = new Store(options.history());
    watches = new Watches(store, presentation, time, context);
    Definitions definitions = new Definitions(store, registry, watches, time);
    Admission admission = new Admission(store, registry, new KindRulesTable(store, registry, definitions, time));
    removal = new Removal(store, time, admission, presentation);
    reads = new Reads(store, presentation);
    writes = new Writes(store, time, admission, presentation, removal);
    subresources = new Subresources(time, logs, writes, removal, presentation);
    discovery = new Discovery(registry);
    new FirstObjects(store, registry, time).create();
  }

  Store store() {
    return store;
  }

  Watches watches() {
    return watches;
  }

  /** Everything but a watch. Refusals are thrown. */
  Answer answer(ApiRequest request) {
    if (!request.isResource()) {
      return discovery.answer(request).orElseThrow(Failures::noSuchPath);
    }
    ApiResource resource = resource(request);
    // Before anything is done: what cannot be answered is not done.
    Form.of(request);
    refuseUnknownDryRun(request);
    if (Reviews.answers(resource)) {
      return Reviews.answer(resource, request);
    }
    boolean ofStatus = request.subresource().equals("status") && resource.status();
    if (!request.subresource().isEmpty() && !ofStatus) {
      return subresources.answer(resource, request).orElseThrow(Failures::noSuchPath);
    }
    boolean needsNamespace = resource.namespaced() && request.namespace().isEmpty() && !request.verb().equals("list");
    if (needsNamespace && !request.verb().equals("deletecollection")) {
      throw request.name().isEmpty() ? Failures.methodNotAllowed() : Failures.noSuchPath();
    }
    return switch (request.verb()) {
      case "get" -> reads.get(resource, request);
      case "list" -> reads.list(resource, request);
      case "create" -> request.name().isEmpty() ? writes.create(resource, request) : refuseMethod();
      case "update" -> request.name().isEmpty() ? refuseMethod() : writes.update(resource, request);
      case "patch" -> request.name().isEmpty() ? refuseMethod() : writes.patch(resource, request);
      case "delete" -> removal.delete(resource, request);
      case "deletecollection" -> removal.deleteCollection(resource, request);
      default -> refuseMethod();
    };
  }

  /** The Pod whose subresource is asked for. */
  Stored pod(ApiRequest request) {
    return writes.find(resource(request), request);
  }

  /** The kind a request is about; a path below an unknown kind is not found. */
  ApiResource resource(ApiRequest request) {
    Optional<ApiResource> found = registry.find(request.group(), request.version(), request.resource());
    return found.filter(resource -> resource.namespaced() || request.namespace().isEmpty())
        .orElseThrow(Failures::noSuchPath);
  }

  /** A misspelt wish to change nothing must not change anything. */
  private static void refuseUnknownDryRun(ApiRequest request) {
    for (String value : request.query().getAll("dryRun")) {
      if (!value.isEmpty() && !value.equals("All")) {
        throw Failures.unprocessable("dryRun: Unsupported value: [\"" + value + "\"]: supported values: \"All\"");
      }
    }
  }

  private static Answer refuseMethod() {
    throw Failures.methodNotAllowed();
  }
}
