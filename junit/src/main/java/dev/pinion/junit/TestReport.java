package dev.pinion.junit;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints each test as it ends, and the whole text of each failure. Tests may end on several threads. */
final class TestReport implements TestExecutionListener {
  private final PrintStream out;
  private final Map<String, Long> began = new ConcurrentHashMap<>();
  private Optional<TestPlan> plan = Optional.empty();
  private String container = "";
  private int passed;
  private int failed;
  private int aborted;

  TestReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = Optional.of(started);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    began.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    aborted++;
    line(test, "skip", reason);
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Throwable thrown = result.getThrowable().orElse(null);
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (!test.isTest()) return;
        passed++;
        line(test, "ok", "");
      }
      case ABORTED -> {
        aborted++;
        line(test, "skip", thrown == null ? "" : String.valueOf(thrown.getMessage()));
      }
      case FAILED -> {
        failed++;
        line(test, "FAIL", "");
        if (thrown != null) failure(thrown);
      }
    }
  }

  private void line(TestIdentifier test, String result, String why) {
    String parent = plan.flatMap(all -> all.getParent(test)).map(TestIdentifier::getDisplayName).orElse("");
    if (!parent.equals(container)) {
      container = parent;
      out.println(parent);
    }
    long nanos = System.nanoTime() - began.getOrDefault(test.getUniqueId(), System.nanoTime());
    out.println("  %-4s  %s (%d ms)%s".formatted(
        result, test.getDisplayName(), nanos / 1_000_000, why.isEmpty() ? "" : ": " + why));
    out.flush();
  }

  /** The text of a failure, and where it is in the program's own code. */
  private void failure(Throwable thrown) {
    boolean assertion = thrown instanceof AssertionError;
    boolean explained = assertion || thrown instanceof ParameterResolutionException;
    String text = explained ? String.valueOf(thrown.getMessage()) : thrown.toString();
    text.lines().forEach(line -> out.println("        " + line));
    Stream.of(thrown.getStackTrace()).filter(TestReport::isPrograms).limit(5)
        .forEach(frame -> out.println("        at " + frame));
    if (thrown.getCause() != null && !assertion) {
      out.println("        caused by:");
      failure(thrown.getCause());
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      String.valueOf(suppressed.getMessage()).lines().forEach(line -> out.println("        " + line));
    }
    out.flush();
  }

  private static boolean isPrograms(StackTraceElement frame) {
    return Stream.of("dev.pinion.", "org.junit.", "java.", "jdk.", "org.assertj.", "org.opentest4j.")
        .noneMatch(frame.getClassName()::startsWith);
  }

  /** Prints the sum, and returns the exit code. */
  synchronized int finish() {
    if (passed + failed + aborted == 0) {
      out.println("no tests were found");
      return 2;
    }
    out.println(
        passed + " passed, " + failed + " failed" + (aborted > 0 ? ", " + aborted + " skipped" : ""));
    out.flush();
    return failed > 0 ? 1 : 0;
  }
}
