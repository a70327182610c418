package io.snapstash.kube;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** At most so many requests under way at once; the others wait in order, without a thread. */
final class RequestBudget {
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  RequestBudget(int most) {
    this.free = most;
  }

  <T> CompletableFuture<T> spend(Supplier<CompletableFuture<T>> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable start = () -> run(request, answer);
    if (taken(start)) {
      start.run();
    }
    return answer;
  }

  private synchronized boolean taken(Runnable start) {
    if (free > 0) {
      free--;
      return true;
    }
    waiting.add(start);
    return false;
  }

  private <T> void run(Supplier<CompletableFuture<T>> request, CompletableFuture<T> answer) {
    CompletableFuture<T> sent;
    try {
      sent = request.get();
    } catch (RuntimeException notSent) {
      sent = CompletableFuture.failedFuture(notSent);
    }
    sent.whenComplete((value, failure) -> {
      next();
      if (failure == null) {
        answer.complete(value);
      } else {
        answer.completeExceptionally(failure);
      }
    });
  }

  private void next() {
    Runnable start;
    synchronized (this) {
      start = waiting.poll();
      if (start == null) {
        free++;
      }
    }
    if (start != null) {
      start.run();
    }
  }
}
