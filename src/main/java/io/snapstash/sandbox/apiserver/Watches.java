package io.snapstash.sandbox.apiserver;

import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All open watches: starts them where the client left off, tells them what is written, and ends them in time. */
final class Watches {
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

  private final Store store;
  private final Presentation presentation;
  private final Time time;
  private final Context context;
  private final Map<String, Set<Watch>> open = new HashMap<>();
  private final Map<Watch, Cancellable> timers = new HashMap<>();

  Watches(Store store, Presentation presentation, Time time, Context context) {
    this.store = store;
    this.presentation = presentation;
    this.time = time;
    this.context = context;
    store.listen((storage, change) -> List.copyOf(open.getOrDefault(storage, Set.of())).forEach(watch -> {
      watch.changed(change);
      if (watch.isOver()) {
        forget(watch);
      }
    }));
  }

  /** Refuses what cannot be watched; must come before the answer has begun. */
  Selection check(ApiResource resource, ApiRequest request) {
    String version = request.parameter("resourceVersion");
    if (!version.isEmpty() && Reads.version(version) > store.version()) {
      throw Failures.tooLarge(version, store.version());
    }
    boolean initial = request.flag("sendInitialEvents");
    if (initial && !(request.parameter("resourceVersionMatch").equals("NotOlderThan")
        && request.flag("allowWatchBookmarks"))) {
      throw Failures.unprocessable("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan and "
          + "allowWatchBookmarks");
    }
    return Selection.of(resource, request);
  }

  void start(Selection selection, ApiRequest request, WatchSink sink) {
    Watch watch = new Watch(selection, Form.of(request), presentation, sink);
    sink.onClose(() -> context.runOnContext(_ -> forget(watch)));
    String version = request.parameter("resourceVersion");
    boolean fromNow = version.isEmpty() || version.equals("0") || request.flag("sendInitialEvents");
    if (fromNow) {
      if (!request.parameter("sendInitialEvents").equals("false")) {
        store.list(watch.storage(), selection.namespace()).stream()
            .filter(selection::covers).forEach(watch::added);
      }
      if (request.flag("sendInitialEvents")) {
        watch.bookmark(store.version(), true);
      }
    } else {
      Optional<List<Change>> missed = store.since(watch.storage(), Reads.version(version));
      if (missed.isEmpty()) {
        watch.fail(Failures.expired("too old resource version: " + version + " (" + store.version() + ")"));
        watch.end();
        return;
      }
      missed.get().forEach(watch::changed);
    }
    if (watch.isOver()) {
      return;
    }
    open.computeIfAbsent(watch.storage(), _ -> new LinkedHashSet<>()).add(watch);
    long seconds = Optional.of(request.parameter("timeoutSeconds")).filter(text -> text.matches("[1-9]\\d{0,8}"))
        .map(Long::parseLong).orElse(LIFETIME.toSeconds());
    plan(watch, time.now().plusSeconds(seconds), request.flag("allowWatchBookmarks"));
  }

  private void plan(Watch watch, Instant end, boolean bookmarks) {
    Duration left = Duration.between(time.now(), end);
    Duration next = bookmarks && BOOKMARK_EVERY.compareTo(left) < 0 ? BOOKMARK_EVERY : left;
    timers.put(watch, time.schedule(next, () -> context.runOnContext(_ -> due(watch, end, bookmarks))));
  }

  private void due(Watch watch, Instant end, boolean bookmarks) {
    if (!open.getOrDefault(watch.storage(), Set.of()).contains(watch)) {
      return;
    }
    if (bookmarks) {
      watch.bookmark(store.version(), false);
    }
    if (time.now().isBefore(end)) {
      plan(watch, end, bookmarks);
    } else {
      watch.end();
      forget(watch);
    }
  }

  private void forget(Watch watch) {
    Optional.ofNullable(open.get(watch.storage())).ifPresent(watches -> watches.remove(watch));
    Optional.ofNullable(timers.remove(watch)).ifPresent(Cancellable::cancel);
  }

  int count() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  /** Ends them all at once, as a server that goes down; or only those of a kind that is no longer served. */
  void endAll(String storage) {
    for (Watch watch : open.entrySet().stream().filter(entry -> storage.isEmpty() || entry.getKey().equals(storage))
        .flatMap(entry -> entry.getValue().stream()).toList()) {
      watch.end();
      forget(watch);
    }
  }
}
