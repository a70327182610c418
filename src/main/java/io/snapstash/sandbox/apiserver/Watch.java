package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One open watch. What its client is too slow to take waits here; a client that falls far behind is cut off, and will
 * list anew.
 */
final class Watch {
  private static final int PATIENCE = 20_000;

  private final Selection selection;
  private final Form form;
  private final Presentation presentation;
  private final WatchSink sink;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private boolean over;

  Watch(Selection selection, Form form, Presentation presentation, WatchSink sink) {
    this.selection = selection;
    this.form = form;
    this.presentation = presentation;
    this.sink = sink;
    sink.onDrain(_ -> flush());
  }

  String storage() {
    return selection.resource().storage();
  }

  Selection selection() {
    return selection;
  }

  void added(Stored object) {
    send("ADDED", object);
  }

  /** An object that stops matching is deleted as far as this client is concerned. */
  void changed(Change change) {
    boolean before = change.before().map(selection::covers).orElse(false);
    boolean after = change.after().map(selection::covers).orElse(false);
    if (after) {
      send(before ? "MODIFIED" : "ADDED", change.shown());
    } else if (before) {
      Stored last = change.after().isPresent() ? outdated(change) : change.shown();
      send("DELETED", last);
    }
  }

  private static Stored outdated(Change change) {
    ObjectNode old = change.before().orElseThrow().tree().deepCopy();
    Metadata.of(old).put("resourceVersion", Long.toString(change.version()));
    return new Stored(change.key(), old, change.version());
  }

  void bookmark(long version, boolean initialEnd) {
    if (form.shape() == Form.Shape.METADATA_LIST) {
      end();
      return;
    }
    send(presentation.bookmark(selection.resource(), form, version, initialEnd));
  }

  void fail(ApiFailure failure) {
    send(Presentation.error(failure));
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
    waiting.clear();
    sink.end();
  }

  private void send(String type, Stored object) {
    if (form.shape() == Form.Shape.METADATA_LIST) {
      // As the real server: an object that it cannot show in the wanted form ends the answer, and nothing says why.
      end();
    } else {
      send(presentation.event(selection.resource(), form, type, object));
    }
  }

  private void send(Buffer line) {
    if (over) {
      return;
    }
    if (waiting.isEmpty() && !sink.isFull()) {
      sink.write(line);
    } else if (waiting.size() < PATIENCE) {
      waiting.add(line);
    } else {
      over = true;
      waiting.clear();
      sink.abort();
    }
  }

  private void flush() {
    while (!over && !waiting.isEmpty() && !sink.isFull()) {
      sink.write(waiting.poll());
    }
  }
}
