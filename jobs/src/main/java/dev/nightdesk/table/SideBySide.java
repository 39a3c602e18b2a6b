package dev.nightdesk.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs queries side by side, because planning one is most of its time on small tables.
 *
 * <p>With threads of its own: readers of files finish their work in the common pool of the JVM, so
 * a query that waits there for its files may wait for itself.
 */
public final class SideBySide {

  private SideBySide() {}

  /**
   * The results in the order of the work; the first failure in that order ends them all.
   *
   * @param threads how many run at a time
   * @throws IllegalStateException if the thread was interrupted, or some work threw a checked
   *     exception
   */
  public static <T> List<T> all(int threads, List<? extends Callable<? extends T>> work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<? extends T>> running = new ArrayList<>();
      work.forEach(part -> running.add(executor.submit(part)));
      List<T> results = new ArrayList<>();
      for (Future<? extends T> part : running) {
        results.add(part.get());
      }
      return results;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
