package io.snapstash.web;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last events of a stream, so that a client that was away for a moment misses nothing. Bounded in number and size. */
final class Journal {
  /** An event as it goes over the wire. */
  record Entry(long number, Buffer event) {}

  private final int mostEntries;
  private final long mostBytes;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  Journal(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  void add(long number, Buffer event) {
    entries.add(new Entry(number, event));
    bytes += event.length();
    while (entries.size() > mostEntries || bytes > mostBytes) {
      bytes -= entries.removeFirst().event().length();
    }
  }

  /** What came after that number, up to the present one; empty if some of it is gone, or it never was. */
  Optional<List<Entry>> since(long number, long present) {
    if (number == present) {
      return Optional.of(List.of());
    }
    boolean covered = number < present && !entries.isEmpty() && entries.getFirst().number() <= number + 1;
    return covered ? Optional.of(entries.stream().filter(each -> each.number() > number).toList()) : Optional.empty();
  }
}
