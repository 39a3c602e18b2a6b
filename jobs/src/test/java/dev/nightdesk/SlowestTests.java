package dev.nightdesk;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints the slowest tests of a run of tests and their total, a line each, when the last has run:
 * at most ten, and only those of a second and more.
 *
 * <p>JUnit finds it through {@code META-INF/services}.
 */
public final class SlowestTests implements TestExecutionListener {

  private static final int SHOWN = 10;
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final Map<String, Long> startedNanos = new ConcurrentHashMap<>();
  private final Map<String, Duration> durations = new ConcurrentHashMap<>();

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      startedNanos.put(test.getUniqueId(), System.nanoTime());
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Long started = startedNanos.remove(test.getUniqueId());
    if (started != null) {
      durations.merge(name(test), Duration.ofNanos(System.nanoTime() - started), Duration::plus);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    lines(durations).forEach(System.err::println);
    durations.clear();
  }

  static List<String> lines(Map<String, Duration> durations) {
    Duration total = durations.values().stream().reduce(Duration.ZERO, Duration::plus);
    return Stream.concat(
            durations.entrySet().stream()
                .filter(test -> test.getValue().compareTo(SLOW) >= 0)
                .sorted(
                    Map.Entry.<String, Duration>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(test -> line(test.getValue(), test.getKey())),
            Stream.of(line(total, "all " + durations.size() + " tests")))
        .toList();
  }

  private static String line(Duration duration, String name) {
    return String.format(Locale.ROOT, "slowest %7.1f s  %s", duration.toMillis() / 1000.0, name);
  }

  private static String name(TestIdentifier test) {
    String className =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getClassName())
            .map(name -> name.substring(name.lastIndexOf('.') + 1) + ": ")
            .orElse("");
    return className + test.getDisplayName();
  }
}
