package app;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/** Runs a test class that is not one of this module's own tests, and keeps what was thrown. */
final class Outcomes implements TestExecutionListener {
  final List<Throwable> failures = new ArrayList<>();
  final List<Throwable> aborted = new ArrayList<>();
  int passed;

  static Outcomes of(Class<?> tests) {
    Outcomes outcomes = new Outcomes();
    LauncherFactory.create()
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), outcomes);
    return outcomes;
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) passed++;
    result.getThrowable()
        .ifPresent(
            thrown -> (result.getStatus() == TestExecutionResult.Status.ABORTED ? aborted : failures).add(thrown));
  }

  /** The text of the only failure, without what differs from run to run. */
  String text() {
    if (failures.size() != 1) throw new AssertionError("1 failure was expected, not " + failures);
    return String.valueOf(failures.getFirst().getMessage())
        .replaceAll(" +\\d+\\.\\d ms", "  T ms")
        .replaceAll("[0-9:]{8}\\.\\d{3}", "TIME")
        .replaceAll("[A-Za-z0-9_-]{15}=", "ID");
  }
}
